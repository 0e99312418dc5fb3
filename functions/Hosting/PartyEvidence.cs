using FairShare.Aws.Parties;
using FairShare.Functions.Http;
using FairShare.Protocol.Evidence;
using FairShare.Protocol.Identifiers;

namespace FairShare.Functions.Hosting;

/// <summary>Verifies what a party signed against what it must have signed.</summary>
internal sealed class PartyEvidence(PartyKeyRepository keys, TimeProvider time)
{
    /// <summary>How far a party's clock may be off.</summary>
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);

    /// <summary>Accepts the token or throws the problem that says why not.</summary>
    public async Task<EvidenceToken> RequireAsync(string token, EvidenceStatement expected, CancellationToken cancellationToken)
    {
        var key = EvidenceToken.TryParse(token, out var parsed, out _)
            ? await keys.FindAsync(expected.Signer, parsed.KeyId, cancellationToken)
            : null;
        return EvidenceVerifier.Verify(token, expected, _ => key?.Key, time.GetUtcNow(), Skew) switch
        {
            EvidenceVerdict.Accepted accepted => accepted.Token,
            EvidenceVerdict.Refused refused => throw Problems.Of(refused),
            _ => throw new InvalidOperationException("A verdict that is neither accepted nor refused."),
        };
    }

    /// <summary>The key with which the party signs now: the newest that is valid.</summary>
    public async Task<PartyKeyRecord> RequireActiveKeyAsync(PartyId party, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var records = await keys.ListAsync(party, cancellationToken);
        return records.LastOrDefault(record => record.Key.IsValidAt(now))
            ?? throw Problems.NoSigningKey.With("You have no signing key that is valid now; register one first.");
    }
}
