using System.Globalization;
using FairShare.Client.Evidence;
using FairShare.Client.Exchange;
using FairShare.Client.Log;
using FairShare.Contracts.Parties;
using FairShare.Exchange.Evidence;
using FairShare.Log.Leaves;
using FairShare.Log.Notes;
using TemplateHost.Hosting;

namespace FairShare.Cli.Demo;

/// <summary>Waits until the log has the demonstration's tokens, and proves it.</summary>
internal sealed class DemoLog(EmbeddedHost host, TimeProvider time)
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);
    private static readonly string[] Tokens = ["nro.jws", "challenge.jws", "nrr.jws", "release.jws"];

    /// <summary>
    /// Verifies that each token of a folder stands in the log; the proofs are written beside the tokens.
    /// </summary>
    /// <returns>A check a token.</returns>
    public async Task<IReadOnlyList<EvidenceCheck>> ProveAsync(
        EvidenceFolder folder,
        ServiceDescription service,
        Action<StepReport> steps,
        CancellationToken cancellationToken
    )
    {
        using var http = new HttpClient { BaseAddress = new Uri(host.ApiUrl + "/log/") };
        var (log, key, checks, began) = (
            new LogClient(http),
            NoteKey.Parse(service.Log.Keys[0]),
            new List<EvidenceCheck>(),
            time.GetTimestamp()
        );
        foreach (var name in Tokens)
        {
            var leaf = LogLeaf.OfToken((await File.ReadAllTextAsync(Path.Combine(folder.Path, name), cancellationToken)).Trim());
            var proof = await log.WaitForProofAsync(leaf.TokenHash, time, Longest, cancellationToken);
            if (proof is null)
            {
                checks.Add(new EvidenceCheck($"log.{leaf.Kind}", false, "the log does not have it after a minute"));
                continue;
            }

            var size = proof.Verify(leaf, key).Size;
            var path = Path.Combine(folder.Path, Path.ChangeExtension(name, ".tlog-proof"));
            await File.WriteAllTextAsync(path, proof.ToString(), cancellationToken);
            checks.Add(
                new EvidenceCheck($"log.{leaf.Kind}", true, string.Create(CultureInfo.InvariantCulture, $"leaf {proof.Index} of {size}"))
            );
        }

        steps(new StepReport("log", "TDS", "all", "a signed checkpoint that covers every token", time.GetElapsedTime(began)));
        return checks;
    }
}
