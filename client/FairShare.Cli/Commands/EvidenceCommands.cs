using System.CommandLine;
using System.Text.Json.Nodes;
using FairShare.Cli.Output;
using FairShare.Client.Evidence;
using FairShare.Protocol.Evidence;
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
            return Describe(evidence.Evidence, evidence.Evidence.Checks, folder.Path, documentWasChecked: false);
        });
    }

    public static Command Verify(CommandRunner runner)
    {
        var folder = new Argument<string>("dir") { Description = "A folder of evidence: nro.jws, challenge.jws, nrr.jws, release.jws, keys.json." };
        var document = new Option<string?>("--document") { Description = "The document (default: the file of its name in the folder).", HelpName = "FILE" };
        var storeKey = new Option<string?>("--store-key")
        {
            Description = "The thumbprint that the document store's seal must have; without it, keys.json is trusted.", HelpName = "KID",
        };
        var command = new Command("verify", "Verify evidence offline, with nothing but the files.") { folder, document, storeKey };
        return runner.Attach(command, async (context, cancellationToken) =>
        {
            var evidence = new EvidenceFolder(context.Arguments.GetRequiredValue(folder));
            var verdict = await context.Terminal.WithProgressAsync(progress => evidence.VerifyAsync(
                context.Arguments.GetValue(document), context.Arguments.GetValue(storeKey), progress, cancellationToken));
            return Describe(verdict.Evidence, verdict.Checks, evidence.Path, verdict.DocumentWasChecked);
        });
    }

    /// <summary>The verdict, check by check.</summary>
    public static CommandResult Describe(
        ExchangeEvidence evidence, IReadOnlyList<EvidenceCheck> checks, string folder, bool documentWasChecked)
    {
        var holds = checks.All(check => check.Passed);
        var json = new JsonObject
        {
            ["verified"] = holds,
            ["state"] = holds ? evidence.State.ToString() : null,
            ["documentChecked"] = documentWasChecked,
            ["folder"] = folder,
            ["checks"] = new JsonArray([.. checks.Select(check => new JsonObject
            {
                ["name"] = check.Name, ["passed"] = check.Passed, ["detail"] = check.Detail,
            })]),
        };
        List<string> lines = [.. checks.Select(check => $"{(check.Passed ? "ok  " : "FAIL")}  {check.Name,-20}  {check.Detail}")];
        lines.Add(holds ? $"Verified. {Summary(evidence)}" : "NOT VERIFIED.");
        if (!documentWasChecked)
        {
            lines.Add("The document itself was not compared; give it with --document.");
        }

        return new CommandResult(json, lines, holds ? ExitCode.Ok : ExitCode.NotVerified);
    }

    private static string Summary(ExchangeEvidence evidence) => evidence.Statement is not { } statement ? "" :
        $"{evidence.State}: {statement.Document.Name}, {statement.Document.Size} bytes, {statement.Document.Digest.Value}, "
        + $"from {statement.Origin} to {statement.Recipients[0]}, exchange {statement.Exchange}.";
}
