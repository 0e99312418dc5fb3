using System.CommandLine;
using FairShare.Cli.Output;
using FairShare.Cli.Sources;
using FairShare.Client.Exchange;
using FairShare.Core.Identifiers;

namespace FairShare.Cli.Commands.Exchange;

/// <summary><c>put</c>: steps 1 to v.</summary>
internal static class PutCommand
{
    private const long DefaultLimit = 5L << 30;

    private static readonly Argument<string[]> Files = new("file")
    {
        Description = "The files to deposit; a folder goes as one .tar; - is standard input.",
        Arity = ArgumentArity.OneOrMore,
    };

    private static readonly Option<string[]> To = new("--to")
    {
        Description = "Who may ask for the document: a contact's name, an address, or a party id; repeat it for more.",
        HelpName = "WHO",
        DefaultValueFactory = _ => [],
    };

    private static readonly Option<bool> Open = new("--open") { Description = "Let every party of the service ask for the document." };

    private static readonly Option<string?> Name = new("--name") { Description = "The document's name (default: the file's)." };

    private static readonly Option<string?> Type = new("--type") { Description = "The media type (default: by the file's extension)." };

    private static readonly Option<bool> DiscloseDigest = new("--disclose-digest")
    {
        Description = "Let readers see the document's digest before they give a receipt; without it they see a commitment to it.",
    };

    private static readonly Option<long> MaxSize = new("--max-size")
    {
        Description = "The most bytes that are taken of a pipe, a device or a folder (default: 5 GiB).",
        HelpName = "BYTES",
        DefaultValueFactory = _ => DefaultLimit,
    };

    public static Command Create(CommandRunner runner) =>
        runner.Attach(
            new Command("put", "Deposit documents, each with signed evidence of origin.")
            {
                Files,
                To,
                Open,
                Name,
                Type,
                DiscloseDigest,
                StampOption.Stamp,
                MaxSize,
            },
            RunAsync
        );

    private static async Task<CommandResult> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var given = context.Arguments.GetRequiredValue(Files);
        var audience = new PutAudience(context, context.Arguments.GetValue(To)!, context.Arguments.GetValue(Open));
        RequireOne(given, context.Arguments.GetValue(Name));
        var spool = new Spool(context.Profile.SpoolFolder, ReadLimit(context));
        var sources = new DocumentSources(spool);
        // Those that can be told without reading are, before any is sent.
        foreach (var path in given.Where(path => path != "-" && !System.IO.File.Exists(path) && !Directory.Exists(path)))
        {
            throw new CommandException(ExitCode.LocalFile, "file-not-found", $"{path} is not a file.", "Give another path.");
        }

        var client = await context.ConnectAsync(cancellationToken);
        var parties = await audience.ResolveAsync(client, cancellationToken);
        var signer = await context.OpenSignerAsync(client, cancellationToken);
        var deposits = new List<(Deposit Deposit, string? Said)>();
        context.Amend = failure => deposits.Count == 0 ? failure : failure with { Stands = PutAnswers.Stands(deposits) };
        foreach (var path in given)
        {
            using var source = await sources.ReadAsync(path, context.Arguments.GetValue(Name), cancellationToken);
            var type = MediaType.Parse(context.Arguments.GetValue(Type) ?? MediaTypes.Of(source.Name.ToString()));
            var order = new PutOrder(source.Path, source.Name, type, parties, context.Arguments.GetValue(DiscloseDigest));
            var deposit = await context.Terminal.WithProgressAsync(progress =>
                client.PutAsync(order, signer, new TransferWatch(progress), cancellationToken)
            );
            deposits.Add((deposit, source.Said));
        }

        return PutAnswers.Deposited(deposits, audience.Found);
    }

    private static long ReadLimit(CommandContext context) =>
        context.Arguments.GetValue(MaxSize) is >= 1 and var limit
            ? limit
            : throw new CommandException(ExitCode.Usage, "usage", "--max-size is a number of bytes, 1 or more.", "Give another.");

    private static void RequireOne(string[] given, string? name)
    {
        if (given.Length > 1 && name is not null)
        {
            throw new CommandException(
                ExitCode.Usage,
                "usage",
                "--name names one document, and several are given.",
                "Leave it out, or deposit them one at a time."
            );
        }
    }
}
