using System.CommandLine;
using System.Text.Json.Nodes;
using FairShare.Cli.Commands.Log;
using FairShare.Cli.Output;
using FairShare.Client.Bundles;
using FairShare.Client.Evidence;
using FairShare.Client.Exchange;
using FairShare.Client.Http;
using FairShare.Client.Log;
using FairShare.Core.Identifiers;

namespace FairShare.Cli.Commands.Exchange;

/// <summary><c>evidence</c> fetches an exchange's evidence; <c>verify</c> verifies a folder or a bundle of it, offline.</summary>
internal static class EvidenceCommands
{
    public static Command Evidence(CommandRunner runner)
    {
        var id = new Argument<string>("exchange") { Description = "The exchange." };
        var output = new Option<string?>("--out")
        {
            Description = "Also write the files to this folder, or, if it ends with .zip, into one bundle.",
            HelpName = "DIR|X.zip",
        };
        return runner.Attach(
            new Command("evidence", "Fetch and verify the evidence of an exchange.")
            {
                id,
                output,
                WitnessOptions.Address,
                WitnessOptions.Key,
                StampAuthorityOption.Address,
            },
            async (context, cancellationToken) =>
            {
                var place =
                    context.Arguments.GetValue(output) is { } given && IsBundle(given)
                        ? NewFile.Require(given)
                        : context.Arguments.GetValue(output);
                var (witnesses, authority) = (WitnessOptions.Of(context), StampAuthorityOption.Of(context));
                if ((witnesses.Count > 0 || authority is not null) && (place is null || !IsBundle(place)))
                {
                    throw new CommandException(
                        ExitCode.Usage,
                        "usage",
                        "Cosignatures and stamps of the log go into a bundle.",
                        "Name one with --out X.zip; of a single token, fairshare log proof has a checkpoint cosigned."
                    );
                }

                if (place is not null && !IsBundle(place))
                {
                    new EvidenceFolder(place).RequireFree([]);
                }

                var client = await context.ConnectAsync(cancellationToken);
                var evidence = await client.GetEvidenceAsync(ExchangeId.Parse(context.Arguments.GetRequiredValue(id)), cancellationToken);
                var written = await WriteToAsync(place, client, evidence, witnesses, authority, cancellationToken);
                // The keys of the store that verified this are the pinned ones: the client knows no others.
                var anchor = client.Store.ToPinnedAnchor();
                var checks = evidence.Evidence;
                return Describe(
                    new FolderVerdict(checks.State.ToString(), checks.Statement, checks.Document, checks.Checks, anchor),
                    written
                );
            }
        );
    }

    public static Command Verify(CommandRunner runner)
    {
        var evidence = new Argument<string>("dir")
        {
            Description = "A bundle, or a folder of evidence: nro.jws, challenge.jws, nrr.jws, release.jws, keys.json.",
        };
        var document = new Option<string?>("--document")
        {
            Description = "The document (default: the file of its name in the folder).",
            HelpName = "FILE",
        };
        var command = new Command("verify", "Verify evidence offline, with nothing but the files and the keys of the store that you know.")
        {
            evidence,
            document,
            TrustOptions.StoreKey,
            TrustOptions.LogKey,
            TrustOptions.WitnessKey,
            TrustOptions.StampKey,
            TrustOptions.TrustFile,
        };
        return runner.Attach(
            command,
            async (context, cancellationToken) =>
            {
                var path = Path.GetFullPath(context.Arguments.GetRequiredValue(evidence));
                var (file, anchors) = (context.Arguments.GetValue(document), TrustOptions.AnchorsOf(context));
                var verdict = await context.Terminal.WithProgressAsync(progress =>
                    File.Exists(path) || (IsBundle(path) && !Directory.Exists(path))
                        ? new EvidenceBundle(path).VerifyAsync(file, anchors, progress, cancellationToken)
                        : new EvidenceFolder(path).VerifyAsync(file, anchors, progress, cancellationToken)
                );
                return Describe(verdict, path);
            }
        );
    }

    private static async Task<string> WriteToAsync(
        string? output,
        FairShareClient client,
        VerifiedEvidence evidence,
        IReadOnlyList<WitnessClient> witnesses,
        TimestampClient? authority,
        CancellationToken cancellationToken
    )
    {
        if (output is not null && IsBundle(output))
        {
            var bundle = new EvidenceBundle(output);
            await client.WriteBundleAsync(evidence, bundle, witnesses, authority, cancellationToken);
            return bundle.Path;
        }

        var folder = output is null ? evidence.Folder : new EvidenceFolder(output);
        client.WriteEvidence(evidence, folder);
        return folder.Path;
    }

    private static bool IsBundle(string path) => path.EndsWith(".zip", StringComparison.OrdinalIgnoreCase);

    private static CommandResult Describe(FolderVerdict verdict, string folder)
    {
        var json = new JsonObject
        {
            ["verified"] = verdict.IsVerified,
            ["verdict"] =
                verdict.IsVerified ? "verified"
                : verdict.Holds ? "consistent"
                : "refused",
            ["anchor"] = verdict.Anchor?.Source,
            ["state"] = verdict.Holds ? verdict.State : null,
            ["documentChecked"] = verdict.DocumentWasChecked,
            ["folder"] = folder,
            ["beliefs"] = new JsonArray([.. verdict.Beliefs.Select(belief => JsonValue.Create(belief))]),
            ["checks"] = new JsonArray([
                .. verdict.Checks.Select(check => new JsonObject
                {
                    ["name"] = check.Name,
                    ["passed"] = check.Passed,
                    ["detail"] = check.Detail,
                }),
            ]),
        };
        List<string> lines = [.. Checks.Lines(verdict.Checks), .. Conclusion(verdict), .. verdict.Holds ? verdict.Beliefs : []];
        if (!verdict.DocumentWasChecked)
        {
            lines.Add(
                verdict.Document is { Digest: null }
                    ? "The document itself cannot be compared: before the receipt the evidence only commits to its digest."
                    : "The document itself was not compared: give it to fairshare verify with --document FILE."
            );
        }

        return new CommandResult(json, lines, ExitCodeOf(verdict));
    }

    private static int ExitCodeOf(FolderVerdict verdict) =>
        verdict.IsVerified ? ExitCode.Ok
        : verdict.Holds ? ExitCode.NotAnchored
        : ExitCode.NotVerified;

    // Without an anchor the word is never used: a folder that was forged whole,
    // with keys of the forger's own, is as consistent as a true one.
    private static IEnumerable<string> Conclusion(FolderVerdict verdict)
    {
        if (!verdict.Holds)
        {
            return ["REFUSED. The evidence does not hold; see the lines that say FAIL."];
        }

        var store = verdict.Statement?.Store.ToString() ?? "";
        return verdict.Anchor is { } anchor
            ? [$"Verified, by the store {store} with a key {anchor.Source}. {Summary(verdict)}"]
            :
            [
                $"Consistent, but nobody vouches for the key of the store {store}. {Summary(verdict)}",
                "Whoever wrote all of these files could have made that key too. Give one that you know from elsewhere with "
                    + "--store-key or --trust.",
            ];
    }

    private static string Summary(FolderVerdict verdict)
    {
        if (verdict is not { Statement: { } statement, Document: { } document })
        {
            return "";
        }

        var audience = statement.Recipients.Count == 0 ? "everybody" : string.Join(", ", statement.Recipients);
        var exchange = statement.Exchange is { } id ? $", exchange {id}" : "";
        return $"{verdict.State}: {document.Name}, {document.Size} bytes, {Words.Of(document)}, from {statement.Origin} to "
            + $"{audience}{exchange}.";
    }
}
