using FairShare.Contracts.Parties;
using FairShare.Core.Identifiers;
using FairShare.Exchange.KeyRecords;

namespace FairShare.Client.Log.Disputes;

/// <summary>Whose keys the store certified, as far as a claim shows it.</summary>
internal static class ClaimedKeys
{
    /// <summary>Reads the certificates of a claim's keys.</summary>
    /// <param name="claim">What a side presents.</param>
    /// <param name="storeKeys">Thumbprints of the store's keys, known from elsewhere.</param>
    /// <returns>
    /// Of each key with a certificate: what the store sealed, and what tells against the claim. Where the claim makes a genuine certificate
    /// into that of another key or party, there are both: the store's word is its own.
    /// </returns>
    public static IEnumerable<(KeyCertificate? Certificate, Contradiction? Against)> Read(Claim claim, IReadOnlySet<KeyId> storeKeys)
    {
        var sealing = claim.BelievedKeys(storeKeys).Where(key => key.Owner.IsStore).ToList();
        foreach (var view in claim.Views)
        {
            if (view.Certificate is not { } text)
            {
                continue;
            }

            var checks = KeyRecordChecks.OfCertificate(text, view.ToPartyKey(), sealing);
            var failed = checks.FirstOrDefault(check => !check.Passed);
            var isSealed = failed?.Name is null or "certificate.statement";
            yield return (
                isSealed ? KeyCertificate.Find(text) : null,
                failed is null
                    ? null
                    : new(
                        "certificate-refused",
                        claim.Name,
                        false,
                        $"What it presents of the key {view.Kid} does not verify: {failed.Name}: {failed.Detail}."
                    )
            );
        }
    }
}
