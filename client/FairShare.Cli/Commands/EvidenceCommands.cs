using System.CommandLine;
using System.Text.Json.Nodes;
using FairShare.Cli.Output;
using FairShare.Client.Evidence;
using FairShare.Protocol.Identifiers;

namespace FairShare.Cli.Commands;

/// <summary><c>evidence</c> fetches an exchange's evidence; <c>verify</c> verifies a folder of it, offline.</summary>
internal static class EvidenceCommands
{
    public static Command Evidence(CommandRunner runner)
    {
        var id = new Argument<string>("exchange") { Description = "The exchange." };
        var output = new Option<string?>("--out") { Description = "Also write the files to this folder.", HelpName = "DIR" };
        return runner.Attach(new Command("evidence", "Fetch and verify the evidence of an exchange.") { id, output }, async (context, cancellationToken) =>
        {
            var client = await context.ConnectAsync(cancellationToken);
            var evidence = await client.GetEvidenceAsync(ExchangeId.Parse(context.Arguments.GetRequiredValue(id)), cancellationToken);
            var folder = context.Arguments.GetValue(output) is { } path ? new EvidenceFolder(path) : evidence.Folder;
            client.WriteEvidence(evidence, folder);
            return Describe(new FolderVerdict(evidence.Evidence.State.ToString(), evidence.Evidence.Statement, evidence.Evidence.Checks), folder.Path);
        });
    }

    public static Command Verify(CommandRunner runner)
    {
        var folder = new Argument<string>("dir") { Description = "A folder of evidence: nro.jws, challenge.jws, nrr.jws, release.jws, keys.json." };
        var document = new Option<string?>("--document") { Description = "The document (default: the file of its name in the folder).", HelpName = "FILE" };
        var storeKey = new Option<string?>("--store-key")
        {
            Description = "The thumbprint that the document store's seal must have; without it, keys.json is trusted.",
            HelpName = "KID",
        };
        var command = new Command("verify", "Verify evidence offline, with nothing but the files.") { folder, document, storeKey };
        return runner.Attach(command, async (context, cancellationToken) =>
        {
            var evidence = new EvidenceFolder(context.Arguments.GetRequiredValue(folder));
            var verdict = await context.Terminal.WithProgressAsync(progress => evidence.VerifyAsync(
                context.Arguments.GetValue(document), context.Arguments.GetValue(storeKey), progress, cancellationToken));
            return Describe(verdict, evidence.Path);
        });
    }

    private static CommandResult Describe(FolderVerdict verdict, string folder)
    {
        var json = new JsonObject
        {
            ["verified"] = verdict.Holds,
            ["state"] = verdict.Holds ? verdict.State : null,
            ["documentChecked"] = verdict.DocumentWasChecked,
            ["folder"] = folder,
            ["checks"] = new JsonArray([.. verdict.Checks.Select(check => new JsonObject
            {
                ["name"] = check.Name, ["passed"] = check.Passed, ["detail"] = check.Detail,
            })]),
        };
        List<string> lines = [.. Checks.Lines(verdict.Checks), verdict.Holds ? $"Verified. {Summary(verdict)}" : "NOT VERIFIED."];
        if (!verdict.DocumentWasChecked)
        {
            lines.Add("The document itself was not compared; give it with --document.");
        }

        return new CommandResult(json, lines, verdict.Holds ? ExitCode.Ok : ExitCode.NotVerified);
    }

    private static string Summary(FolderVerdict verdict)
    {
        if (verdict.Statement is not { } statement)
        {
            return "";
        }

        var document = statement.Document;
        var audience = statement.Recipients.Count == 0 ? "everybody" : string.Join(", ", statement.Recipients);
        var exchange = statement.Exchange is { } id ? $", exchange {id}" : "";
        return $"{verdict.State}: {document.Name}, {document.Size} bytes, {document.Digest.Value}, from {statement.Origin} to {audience}{exchange}.";
    }
}
