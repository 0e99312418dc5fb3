using System.CommandLine;
using System.Text.Json.Nodes;
using FairShare.Cli.Output;
using FairShare.Client.Exchange;
using FairShare.Core.Identifiers;

namespace FairShare.Cli.Commands.Exchange;

/// <summary><c>put</c>: steps 1 to v.</summary>
internal static class PutCommand
{
    private static readonly Argument<string> File = new("file") { Description = "The file to deposit." };

    private static readonly Option<string[]> To = new("--to")
    {
        Description = "A party that may ask for the document; repeat it for more.",
        HelpName = "PARTY",
        DefaultValueFactory = _ => [],
    };

    private static readonly Option<bool> Open = new("--open") { Description = "Let every party of the service ask for the document." };

    private static readonly Option<string?> Name = new("--name") { Description = "The document's name (default: the file's)." };

    private static readonly Option<string?> Type = new("--type") { Description = "The media type (default: by the file's extension)." };

    private static readonly Option<bool> DiscloseDigest = new("--disclose-digest")
    {
        Description = "Let readers see the document's digest before they give a receipt; without it they see a commitment to it.",
    };

    public static Command Create(CommandRunner runner) =>
        runner.Attach(
            new Command("put", "Deposit a document with signed evidence of origin.") { File, To, Open, Name, Type, DiscloseDigest },
            RunAsync
        );

    private static async Task<CommandResult> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var order = ReadOrder(context);
        var client = await context.ConnectAsync(cancellationToken);
        var signer = context.OpenSigner(client);
        var deposit = await context.Terminal.WithProgressAsync(progress =>
            client.PutAsync(order, signer, new TransferWatch(progress), cancellationToken)
        );
        var document = deposit.Document;
        return new CommandResult(
            new JsonObject
            {
                ["fileId"] = document.Id.ToString(),
                ["name"] = document.Name.ToString(),
                ["size"] = document.Size,
                ["digest"] = document.RequireDigest().Value.ToString(),
                ["version"] = document.Version.ToString(),
                ["originHash"] = deposit.Origin.Hash.ToString(),
                ["evidence"] = deposit.Folder.Path,
            },
            [
                $"Deposited {document.Name} ({document.Size} bytes) as {document.Id}.",
                $"Your evidence of origin and the service's receipt, verified, are in {deposit.Folder.Path}.",
            ]
        );
    }

    private static PutOrder ReadOrder(CommandContext context)
    {
        var arguments = context.Arguments;
        var path = arguments.GetRequiredValue(File);
        var (to, open) = (arguments.GetValue(To)!, arguments.GetValue(Open));
        if (to.Length > 0 == open)
        {
            throw new CommandException(
                ExitCode.Usage,
                "no-audience",
                "Say who may ask for the document.",
                "Give --to PARTY, once or more, or --open."
            );
        }

        if (!System.IO.File.Exists(path))
        {
            throw new CommandException(ExitCode.LocalFile, "file-not-found", $"{path} is not a file.", "Give another path.");
        }

        var name = DocumentName.Parse(arguments.GetValue(Name) ?? Path.GetFileName(path));
        var type = MediaType.Parse(arguments.GetValue(Type) ?? MediaTypes.Of(path));
        return new PutOrder(path, name, type, [.. to.Select(PartyId.Parse)], arguments.GetValue(DiscloseDigest));
    }
}
