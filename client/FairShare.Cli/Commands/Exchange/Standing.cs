using FairShare.Cli.Output;
using FairShare.Client.Exchange;
using FairShare.Core.Identifiers;

namespace FairShare.Cli.Commands.Exchange;

/// <summary>What a <c>get</c> that stopped leaves behind, in words, and the command that goes on with it.</summary>
internal static class Standing
{
    /// <summary>The failure, with what stands and how to go on; a verdict that ends the exchange says itself what there is to do.</summary>
    public static Failure After(Failure failure, OpenedExchange exchange, CommandContext context, string folder) =>
        failure.ExitCode is ExitCode.NotVerified or ExitCode.ExchangeEnded or ExitCode.Defect
            ? failure
            : failure with
            {
                Stands = Describe(exchange),
                Next = $"{FirstDo(failure)}{Command(exchange.Id, context, folder)}",
            };

    /// <summary>The command that goes on with an exchange.</summary>
    public static string Command(ExchangeId exchange, CommandContext context, string? folder)
    {
        List<string> words = ["fairshare", "get", "--exchange", exchange.ToString()];
        words.AddRange(folder is null ? [] : ["--out", folder]);
        words.AddRange(context.Arguments.GetValue(GlobalOptions.Home) is { } home ? ["--home", home] : []);
        return string.Join(' ', words.Select(ShellWord.Of));
    }

    private static string Describe(OpenedExchange exchange)
    {
        var tokens = exchange.Folder.Read();
        return tokens switch
        {
            { Release: not null } => "You have given your receipt; the document is yours.",
            { Receipt: not null } => $"Your receipt is signed, and may have arrived; no other is needed (exchange {exchange.Id}).",
            _ => $"Nothing is signed; the exchange {exchange.Id} is open until {Timestamp.Format(exchange.Due)}.",
        };
    }

    private static string FirstDo(Failure failure) =>
        failure.Code switch
        {
            "disk-full" => $"{failure.Next.Split(", and run")[0]}, and go on: ",
            "unreachable" or "no-answer" => "When the service is up again, go on: ",
            "not-logged-in" => "Run fairshare login, and go on: ",
            _ when failure.ExitCode == ExitCode.LocalFile => $"{failure.Next} Then: ",
            _ => "To go on: ",
        };
}
