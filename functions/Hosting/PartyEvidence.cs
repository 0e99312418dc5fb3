using FairShare.Aws.Parties;
using FairShare.Contracts.Http;
using FairShare.Core.Errors;
using FairShare.Core.Identifiers;
using FairShare.Core.Keys;
using FairShare.Exchange.Evidence;

namespace FairShare.Functions.Hosting;

/// <summary>What a party signed, accepted; with the key that verifies it.</summary>
/// <param name="Token">The token.</param>
/// <param name="Key">The party's key.</param>
/// <param name="At">When the store accepted it: the time that its own sealed answer must carry.</param>
internal sealed record AcceptedEvidence(EvidenceToken Token, PartyKey Key, DateTimeOffset At);

/// <summary>Verifies what a party signed against what it must have signed.</summary>
internal sealed class PartyEvidence(PartyKeyRepository keys, TimeProvider time)
{
    /// <summary>Accepts the token or throws the problem that says why not.</summary>
    /// <param name="token">The compact JWS as received.</param>
    /// <param name="expected">What it must say.</param>
    /// <param name="notBefore">When the step before it was taken, on this store's clock: acceptance is never earlier.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    public async Task<AcceptedEvidence> AcceptAsync(
        string token,
        EvidenceStatement expected,
        DateTimeOffset notBefore,
        CancellationToken cancellationToken
    )
    {
        // The order matters. The time is taken before the key is read, strongly consistent: a retirement that the read does not see takes
        // effect later than this time (PartyKeyRepository.TryRetireAsync), so what is accepted here verifies ever after.
        var now = Timestamp.Truncate(time.GetUtcNow());
        var acceptedAt = now > notBefore ? now : notBefore;
        var key = EvidenceToken.TryParse(token, out var parsed, out _)
            ? await keys.FindAsync(expected.Signer, parsed.KeyId, cancellationToken)
            : null;
        return EvidenceVerifier.Verify(token, expected, _ => key?.Key, acceptedAt, ExchangeEvidence.ClockSkew) switch
        {
            EvidenceVerdict.Accepted when !key!.MayBeAccepted(acceptedAt) => throw Refuse(
                new TokenRefusal(TokenFault.KeyNotValid, "The key is being retired.")
            ),
            EvidenceVerdict.Accepted accepted => new AcceptedEvidence(accepted.Token, key!.Key, acceptedAt),
            EvidenceVerdict.Refused refused => throw Refuse(refused.Refusal),
            _ => throw new InvalidOperationException("A verdict that is neither accepted nor refused."),
        };
    }

    /// <summary>The key that signed a token of the party, whether it is valid now or not.</summary>
    public async Task<PartyKey> RequireSignerAsync(EvidenceToken token, CancellationToken cancellationToken) =>
        (await keys.FindAsync(token.Statement.Signer, token.KeyId, cancellationToken))?.Key
        ?? throw new InvalidOperationException($"The table holds evidence of the key {token.KeyId}, and no such key.");

    /// <summary>
    /// Passes evidence that every verifier will accept offline. The store writes nothing, and hands nothing to the workflow, that has not
    /// passed here: what is accepted is proven, because the same code judges it.
    /// </summary>
    /// <param name="checks">What the offline verifier checked of the evidence, as the parties will hold it.</param>
    public static void RequireProven(IEnumerable<EvidenceCheck> checks)
    {
        if (checks.FirstOrDefault(check => !check.Passed)?.Refusal is { } refused)
        {
            throw Refuse(refused);
        }
    }

    /// <summary>The key with which the party signs now: the newest that is valid.</summary>
    public async Task<PartyKeyRecord> RequireActiveKeyAsync(PartyId party, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var records = await keys.ListAsync(party, cancellationToken);
        return records.LastOrDefault(record => record.IsInUse(now))
            ?? throw CommonProblems.NoSigningKey.With("You have no signing key that is valid now; register one first.");
    }

    private static ProblemException Refuse(TokenRefusal refused) =>
        new(CommonProblems.InvalidEvidence with { Code = refused.Code }, refused.Detail);
}
