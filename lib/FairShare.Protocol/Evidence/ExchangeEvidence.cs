using FairShare.Protocol.Exchanges;
using FairShare.Protocol.Identifiers;
using FairShare.Protocol.Keys;

namespace FairShare.Protocol.Evidence;

/// <summary>
/// Verifies the evidence of a whole exchange offline, from the tokens and the public keys alone: every form and signature, every reference
/// and identity, the order of times, and that there is one ending. Comparing the document's digest is the caller's, who has the bytes.
/// </summary>
public sealed class ExchangeEvidence
{
    /// <summary>How far a party's clock may be off from the document store's.</summary>
    public static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(5);

    private readonly List<EvidenceCheck> checks = [];
    private readonly Dictionary<KeyId, PartyKey> keys;

    private ExchangeEvidence(IEnumerable<PartyKey> keys) => this.keys = keys.DistinctBy(key => key.KeyId).ToDictionary(key => key.KeyId);

    /// <summary>Everything that was checked, in order.</summary>
    public IReadOnlyList<EvidenceCheck> Checks => checks;

    /// <summary>Whether every check passed.</summary>
    public bool Holds => checks.TrueForAll(check => check.Passed);

    /// <summary>How the exchange ended, as its evidence says; awaiting when no ending is in it.</summary>
    public ExchangeState State { get; private set; } = ExchangeState.AwaitingReceipt;

    /// <summary>What the exchange is about, from the challenge; null when that cannot be read.</summary>
    public EvidenceStatement? Statement { get; private set; }

    /// <summary>Verifies the evidence of a completed exchange.</summary>
    public static ExchangeEvidence Verify(string origin, string challenge, string receipt, string release, IEnumerable<PartyKey> keys) =>
        Verify(new ExchangeBundle { Origin = origin, Challenge = challenge, Receipt = receipt, Release = release }, keys);

    /// <summary>Verifies whatever an exchange reached; a completed one must have all four tokens.</summary>
    public static ExchangeEvidence Verify(ExchangeBundle bundle, IEnumerable<PartyKey> keys)
    {
        var evidence = new ExchangeEvidence(keys);
        evidence.Run(bundle);
        return evidence;
    }

    private void Run(ExchangeBundle bundle)
    {
        if (Read("challenge", bundle.Challenge) is not { Kind: EvidenceKind.ReceiptChallenge } challenge)
        {
            Note("challenge.kind", false, "there is no challenge to verify the rest against");
            return;
        }

        Statement = challenge.Statement;
        var origin = bundle.Origin is null ? null : CheckOrigin(Read("nro", bundle.Origin), challenge);
        CheckStoreToken("challenge", challenge, origin is null ? challenge.Statement : Rebuild(challenge, origin));
        Note("ending.one", bundle.Release is null || (bundle.Record ?? bundle.Refusal) is null, "evidence of one ending at most");
        if (bundle.Receipt is not null || bundle.Release is not null)
        {
            CheckCompletion(bundle, origin, challenge);
        }

        if (bundle.Refusal is not null || bundle.Record is not null)
        {
            CheckOtherEnding(bundle, challenge);
        }
    }

    private EvidenceToken? CheckOrigin(EvidenceToken? origin, EvidenceToken challenge)
    {
        if (origin is null)
        {
            return null;
        }

        var statement = origin.Statement;
        Verdict("nro", origin, statement with { Kind = EvidenceKind.EvidenceOfOrigin }, challenge.Statement.Gen!.Value, statement.Gen!.Value);
        Note("nro.audience", statement.Recipients.Count == 0 || statement.Recipients.Contains(challenge.Statement.Recipients[0]),
            "the downloader belongs to the audience");
        return origin.Kind == EvidenceKind.EvidenceOfOrigin ? origin : null;
    }

    private void CheckCompletion(ExchangeBundle bundle, EvidenceToken? origin, EvidenceToken challenge)
    {
        Note("nro.present", origin is not null, "a completed exchange has its evidence of origin");
        var receipt = Read("nrr", bundle.Receipt);
        var release = Read("release", bundle.Release);
        if (receipt is null || release is null)
        {
            return;
        }

        // The store's clock says when the receipt was accepted, and so at which instant the key had to be valid.
        var accepted = release.Statement.Gen!.Value;
        Verdict("nrr", receipt, Statements.Receipt(null, challenge, null, null) with { EarliestGen = challenge.Statement.Gen }, accepted, accepted);
        if (receipt.Kind == EvidenceKind.EvidenceOfReceipt)
        {
            CheckStoreToken("release", release, Statements.Release(null, receipt, null));
            Note("release.time", accepted >= challenge.Statement.Gen, "released after the challenge and not after the deadline");
            State = ExchangeState.Completed;
        }
    }

    private void CheckOtherEnding(ExchangeBundle bundle, EvidenceToken challenge)
    {
        var record = Read("record", bundle.Record);
        if (record is null)
        {
            return;
        }

        var refusal = bundle.Refusal is null ? null : Read("refusal", bundle.Refusal);
        if (refusal is not null)
        {
            var at = record.Statement.Gen!.Value;
            var expected = Statements.Refusal(null, challenge, null, null, null) with { EarliestGen = challenge.Statement.Gen };
            Verdict("refusal", refusal, expected, at, at);
        }

        var (statement, state) = ExpectedRecord(record, challenge, refusal);
        CheckStoreToken("record", record, statement);
        Note("record.time", record.Statement.Gen >= challenge.Statement.Gen, "ended after the challenge");
        State = state;
    }

    private static (EvidenceStatement Statement, ExchangeState State) ExpectedRecord(
        EvidenceToken record, EvidenceToken challenge, EvidenceToken? refusal) => (record.Kind, refusal) switch
        {
            (EvidenceKind.ExpiryRecord, null) => (Statements.Expiry(null, challenge, null), ExchangeState.Expired),
            (_, { Kind: EvidenceKind.Refusal }) => (Statements.AbortByRefusal(null, refusal, null), ExchangeState.Declined),
            _ => (Statements.AbortOfExchange(null, challenge, null), ExchangeState.Aborted),
        };

    private static EvidenceStatement Rebuild(EvidenceToken challenge, EvidenceToken origin)
    {
        var stated = challenge.Statement;
        return Statements.ReceiptChallenge(
            null, origin, stated.Recipients[0], stated.Exchange!.Value, stated.Nonce!.Value, null, stated.Due!.Value);
    }

    private void CheckStoreToken(string name, EvidenceToken token, EvidenceStatement expected) =>
        Verdict(name, token, expected, token.Statement.Gen!.Value, token.Statement.Gen!.Value);

    private EvidenceToken? Read(string name, string? text)
    {
        if (text is null)
        {
            Note($"{name}.present", false, "missing");
            return null;
        }

        var read = EvidenceToken.TryParse(text.Trim(), out var token, out var refusal);
        Note($"{name}.form", read, refusal is null ? "well formed" : $"{refusal.Code}: {refusal.Detail}");
        return token;
    }

    private void Verdict(string name, EvidenceToken token, EvidenceStatement expected, DateTimeOffset at, DateTimeOffset keyTime)
    {
        var key = keys.GetValueOrDefault(token.KeyId);
        Note($"{name}.signature", key is not null && token.IsSignedBy(key.Key), $"signed with key {token.KeyId}");
        var window = key is null || !key.IsValidAt(keyTime, expected.Kind.Signer() == EvidenceSigner.Store ? TimeSpan.Zero : ClockSkew);
        Note($"{name}.key", !window && key!.Owner == expected.Signer, $"the key is {expected.Signer}'s and was valid");
        var verdict = EvidenceVerifier.Verify(token.Text, expected, _ => key is null ? null : key with { NotBefore = DateTimeOffset.MinValue, NotAfter = DateTimeOffset.MaxValue, RetiredAt = null }, at, ClockSkew);
        Note($"{name}.statement", verdict is EvidenceVerdict.Accepted, verdict is EvidenceVerdict.Refused refused ? $"{refused.Code}: {refused.Detail}" : "says what it must");
    }

    private void Note(string name, bool passed, string detail) => checks.Add(new EvidenceCheck(name, passed, detail));
}
