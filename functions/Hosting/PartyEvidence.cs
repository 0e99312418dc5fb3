using FairShare.Aws.Parties;
using FairShare.Contracts.Http;
using FairShare.Core.Errors;
using FairShare.Core.Identifiers;
using FairShare.Core.Keys;
using FairShare.Exchange.Evidence;

namespace FairShare.Functions.Hosting;

/// <summary>What a party sent, as it arrived.</summary>
/// <param name="Token">The token.</param>
/// <param name="Key">The key that it names, if the party has it; read after <paramref name="At"/>.</param>
/// <param name="At">When it arrived, on this store's clock.</param>
internal sealed record ArrivedEvidence(EvidenceToken Token, PartyKeyRecord? Key, DateTimeOffset At)
{
    /// <summary>When it counts as arrived: clocks of two functions may differ, and no step comes before the one that it follows.</summary>
    public DateTimeOffset NotBefore(DateTimeOffset step) => At > step ? At : step;
}

/// <summary>What a party signed, accepted; with the key that verifies it.</summary>
/// <param name="Token">The token.</param>
/// <param name="Key">The party's key.</param>
/// <param name="At">When the store accepted it: the time that its own sealed answer must carry.</param>
internal sealed record AcceptedEvidence(EvidenceToken Token, PartyKey Key, DateTimeOffset At);

/// <summary>Verifies what a party signed against what it must have signed.</summary>
internal sealed class PartyEvidence(PartyKeyRepository keys, TimeProvider time)
{
    /// <summary>Reads a token that a party sent.</summary>
    /// <param name="text">The compact JWS as received.</param>
    /// <exception cref="ProblemException"><c>invalid-evidence</c>: it is none.</exception>
    public static EvidenceToken Read(string text) =>
        EvidenceToken.TryParse(text, out var token, out var refused) ? token : throw Refuse(refused);

    /// <summary>Takes down when a token arrived, and reads the key that it names.</summary>
    /// <param name="token">The token.</param>
    /// <param name="signer">The party that must have signed it.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    public async Task<ArrivedEvidence> ReceiveAsync(EvidenceToken token, PartyId signer, CancellationToken cancellationToken)
    {
        // The order matters. The time is taken before the key is read, strongly consistent: a retirement that the read does not see takes
        // effect later than this time (PartyKeyRepository.TryRetireAsync), so what is accepted here verifies ever after.
        var now = Timestamp.Truncate(time.GetUtcNow());
        return new ArrivedEvidence(token, await keys.FindAsync(signer, token.KeyId, cancellationToken), now);
    }

    /// <summary>Accepts the token or throws the problem that says why not.</summary>
    /// <param name="arrived">The token, when it arrived, and its key.</param>
    /// <param name="expected">What it must say.</param>
    /// <param name="notBefore">When the step before it was taken, on this store's clock: acceptance is never earlier.</param>
    public static AcceptedEvidence Accept(ArrivedEvidence arrived, EvidenceStatement expected, DateTimeOffset notBefore)
    {
        var acceptedAt = arrived.NotBefore(notBefore);
        var key = arrived.Key;
        return EvidenceVerifier.Verify(arrived.Token, expected, key?.Key, acceptedAt, ExchangeEvidence.ClockSkew) switch
        {
            { } refused => throw Refuse(refused),
            null when !key!.MayBeAccepted(acceptedAt) => throw Refuse(
                new TokenRefusal(TokenFault.KeyNotValid, "The key is being retired.")
            ),
            null => new AcceptedEvidence(arrived.Token, key.Key, acceptedAt),
        };
    }

    /// <summary>Receives and accepts what a party sent; for steps that have nothing else to read meanwhile.</summary>
    /// <param name="token">The token.</param>
    /// <param name="expected">What it must say.</param>
    /// <param name="notBefore">When the step before it was taken, on this store's clock.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    public async Task<AcceptedEvidence> AcceptAsync(
        EvidenceToken token,
        EvidenceStatement expected,
        DateTimeOffset notBefore,
        CancellationToken cancellationToken
    ) => Accept(await ReceiveAsync(token, expected.Signer, cancellationToken), expected, notBefore);

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

    /// <summary>The problem of a token that a verifier refuses; its code names the fault.</summary>
    public static ProblemException Refuse(TokenRefusal refused) =>
        new(CommonProblems.InvalidEvidence with { Code = refused.Code }, refused.Detail);
}
