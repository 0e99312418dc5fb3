using System.Text;
using FairShare.Client.Bundles;
using FairShare.Client.Evidence;
using FairShare.Client.Http;
using FairShare.Client.Log;
using FairShare.Core.Digests;
using FairShare.Exchange.Evidence;
using FairShare.Log.Leaves;
using FairShare.Log.Notes;
using FairShare.Log.Proofs;
using FairShare.Timestamps.Requests;

namespace FairShare.Client.Exchange;

/// <summary>Fetches what shows that the tokens of an exchange stand in the store's log, and has the checkpoint stamped.</summary>
/// <param name="client">Whose store it is.</param>
/// <param name="witnesses">Who is to cosign the checkpoint.</param>
/// <param name="authority">Who is to stamp it; null for the store's authority.</param>
internal sealed class LogCollection(FairShareClient client, IReadOnlyList<WitnessClient> witnesses, TimestampClient? authority)
{
    // Between two proofs the log may go on to another checkpoint.
    private const int Attempts = 4;

    /// <summary>Fetches it.</summary>
    /// <param name="tokens">The tokens.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>Null while the log lacks a token.</returns>
    public async Task<LogEvidence?> RunAsync(ExchangeTokens tokens, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = new Uri(client.Api.Address.TrimEnd('/') + "/log/") };
        var (log, texts) = (new LogClient(http), EvidenceSet.ByName(tokens));
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var proofs = new Dictionary<string, LogProof>();
            foreach (var (name, text) in texts)
            {
                var hash = LogLeaf.OfToken(text).TokenHash;
                if (await log.FindProofAsync(hash, cancellationToken).ConfigureAwait(false) is not { } proof)
                {
                    return null;
                }

                proofs.Add(name, proof);
            }

            if (proofs.Values.Select(proof => proof.Note.Text).Distinct().Count() == 1)
            {
                return await StampAsync(proofs, log, cancellationToken).ConfigureAwait(false);
            }
        }

        return null;
    }

    private async Task<LogEvidence> StampAsync(Dictionary<string, LogProof> proofs, LogClient log, CancellationToken cancellationToken)
    {
        var note = proofs.Values.First().Note;
        var key = client.Service.Log.Keys.Select(NoteKey.Parse).First(key => note.Signatures.Any(line => IsOf(key, line)));
        // What witnesses add later changes nothing of what was stamped.
        var stamped = new SignedNote(note.Text, [.. note.Signatures.Where(line => IsOf(key, line))]);
        var imprint = Sha256Digest.Of(Encoding.UTF8.GetBytes(stamped.ToString()));
        var request = new TimestampRequest(imprint, null, WantsCertificate: true);
        var stamp = await (
            authority?.StampAsync(request, cancellationToken) ?? client.Api.StampAsync(request, cancellationToken)
        ).ConfigureAwait(false);
        foreach (var witness in witnesses)
        {
            note = note.With(await witness.CosignAsync(note, log, cancellationToken).ConfigureAwait(false));
        }

        var texts = proofs.ToDictionary(proof => proof.Key, proof => (proof.Value with { Note = note }).ToString());
        return new LogEvidence(key.ToString(), note.ToString(), texts, stamp);
    }

    private static bool IsOf(NoteKey key, NoteSignature line) => line.Name == key.Name && line.KeyId == key.Id;
}
