using FairShare.Cli.Output;
using FairShare.Client.Exchange;
using FairShare.Core.Identifiers;
using FairShare.Exchange.Evidence;

namespace FairShare.Cli.Commands.Exchange;

/// <summary>What a <c>get</c> that stopped leaves behind, in words, and the command that goes on with it.</summary>
internal static class Standing
{
    private const string Here = ".";

    /// <summary>The failure, with what stands and how to go on; a verdict that ends the exchange says itself what there is to do.</summary>
    public static Failure After(Failure failure, OpenedExchange exchange, CommandContext context, string folder) =>
        failure.ExitCode is ExitCode.NotVerified or ExitCode.ExchangeEnded or ExitCode.Defect
            ? failure
            : failure with
            {
                Stands = Describe(exchange),
                Next = FirstDo(failure) + Command(exchange, context, failure.RefusedFolder is null ? folder : Elsewhere(exchange, context)),
            };

    /// <summary>The command that goes on with an exchange.</summary>
    public static string Command(OpenedExchange exchange, CommandContext context, string? folder)
    {
        List<string> words = ["fairshare", "get", "--exchange", exchange.Id.ToString()];
        words.AddRange(folder is null or Here ? [] : ["--out", folder]);
        words.AddRange(context.Arguments.GetValue(AgainOption.Again) && TokensOf(exchange)?.Receipt is null ? ["--again"] : []);
        words.AddRange(context.Arguments.GetValue(GlobalOptions.Home) is { } home ? ["--home", home] : []);
        return string.Join(' ', words.Select(ShellWord.Of));
    }

    private static string Describe(OpenedExchange exchange) =>
        TokensOf(exchange) switch
        {
            { Release: not null } => "You have given your receipt; the document is yours.",
            { Receipt: not null } => $"Your receipt is signed, and may have arrived; no other is needed (exchange {exchange.Id}).",
            _ => $"Nothing is signed; the exchange {exchange.Id} is open until {Timestamp.Format(exchange.Due)}.",
        };

    // Null where nothing of it is kept, or can be read any more.
    private static ExchangeTokens? TokensOf(OpenedExchange exchange)
    {
        try
        {
            return exchange.Folder.Exists ? exchange.Folder.Read() : null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    // A folder that is not there yet, where the document goes if it cannot go where it should.
    private static string Elsewhere(OpenedExchange exchange, CommandContext context) =>
        Path.Combine(context.Environment.UserFolder ?? Path.GetTempPath(), $"received-{exchange.Id}");

    private static string FirstDo(Failure failure) =>
        failure.Code switch
        {
            "disk-full" => $"{failure.Next.Split(", and run")[0]}, and go on: ",
            "unreachable" or "no-answer" or "stalled" => "When the service is up again, go on: ",
            "not-logged-in" => "Run fairshare login, and go on: ",
            "no-room" => $"Make room in {failure.RefusedFolder}, or go on elsewhere: ",
            "download-in-the-way" => "Wait for the command that has it, move it away, or go on elsewhere: ",
            "file-in-the-way" => "Move it away, or go on elsewhere: ",
            _ when failure.RefusedFolder is not null => "Go on elsewhere: ",
            _ when failure.ExitCode == ExitCode.LocalFile => $"{failure.Next} Then: ",
            _ => "To go on: ",
        };
}
