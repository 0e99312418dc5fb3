using FairShare.Core.Keys;
using FairShare.Exchange.States;

namespace FairShare.Exchange.Evidence;

/// <summary>
/// Verifies the evidence of a whole exchange offline, from the tokens and the public keys alone: every form and signature, every reference
/// and identity, the order of times, and that there is one ending. Comparing the document's digest is the caller's, who has the bytes;
/// so is trusting the keys.
/// </summary>
public sealed class ExchangeEvidence
{
    /// <summary>How far a party's clock may be off from the document store's.</summary>
    public static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(5);

    // A release is sealed before it is committed: beside the record of another ending it was never in force, and the table has only one.
    private const string OneEnding = "evidence of one ending at most; of two, only the one that stands in the store's table counts";

    private readonly EvidenceChecks checks;

    private ExchangeEvidence(IEnumerable<PartyKey> keys, TokenOnce? shared) => checks = new EvidenceChecks(keys, shared);

    /// <summary>Everything that was checked, in order.</summary>
    public IReadOnlyList<EvidenceCheck> Checks => checks.All;

    /// <summary>Whether every check passed.</summary>
    public bool Holds => Checks.All(check => check.Passed);

    /// <summary>
    /// How the exchange ended, as its evidence says; awaiting when no ending is in it. Counts only when <see cref="Holds"/>.
    /// </summary>
    public ExchangeState State { get; private set; } = ExchangeState.AwaitingReceipt;

    /// <summary>
    /// What the exchange is about, from the challenge; null when that cannot be read. Counts only when <see cref="Holds"/>.
    /// </summary>
    public EvidenceStatement? Statement { get; private set; }

    /// <summary>
    /// The document: with its digest when the evidence of origin is there, or the challenge states the digest; otherwise as committed to.
    /// Counts only when <see cref="Holds"/>.
    /// </summary>
    public DocumentDescription? Document { get; private set; }

    /// <summary>Verifies the evidence of a completed exchange.</summary>
    public static ExchangeEvidence Verify(string origin, string challenge, string receipt, string release, IEnumerable<PartyKey> keys) =>
        Verify(
            new ExchangeTokens
            {
                Origin = origin,
                Challenge = challenge,
                Receipt = receipt,
                Release = release,
            },
            keys
        );

    /// <summary>
    /// Verifies whatever an exchange reached: a challenge alone, all four tokens of a completion, or the record of another ending.
    /// </summary>
    /// <param name="bundle">The tokens; white space around each is ignored.</param>
    /// <param name="keys">Keys of both parties and of the document store.</param>
    /// <param name="shared">Reads what stands in other evidence too; null, by default, for nothing.</param>
    public static ExchangeEvidence Verify(ExchangeTokens bundle, IEnumerable<PartyKey> keys, TokenOnce? shared = null)
    {
        var evidence = new ExchangeEvidence(keys, shared);
        evidence.Run(bundle);
        return evidence;
    }

    private void Run(ExchangeTokens bundle)
    {
        var completes = bundle.Receipt is not null || bundle.Release is not null;
        var endsOtherwise = bundle.Refusal is not null || bundle.Record is not null;
        checks.Note("exchange.ending", !(completes && endsOtherwise), OneEnding);
        var origin = completes || bundle.Origin is not null ? checks.Read("nro", bundle.Origin, EvidenceKind.EvidenceOfOrigin) : null;
        if (checks.Read("challenge", bundle.Challenge, EvidenceKind.ReceiptChallenge) is not { } challenge)
        {
            return;
        }

        Statement = challenge.Statement;
        Document = (origin ?? challenge).Statement.Document;
        CheckParties(challenge.Statement);
        CheckOrigin(origin, challenge);
        VerifyMadeByStore("challenge", challenge, origin is null ? challenge.Statement : Rebuild(challenge, origin));
        if (completes)
        {
            CheckCompletion(bundle, challenge);
        }

        if (endsOtherwise)
        {
            CheckOtherEnding(bundle, challenge);
        }
    }

    private void CheckParties(EvidenceStatement stated)
    {
        var (uploader, downloader, store) = (stated.Origin, stated.Recipients[0], stated.Store);
        checks.Note(
            "exchange.parties",
            uploader != downloader && store.IsStore && !uploader.IsStore && !downloader.IsStore,
            "two parties and a store, all different"
        );
    }

    private void CheckOrigin(EvidenceToken? origin, EvidenceToken challenge)
    {
        if (origin is null)
        {
            return;
        }

        var stated = origin.Statement;
        checks.Verify("nro", origin, stated, stated.Gen!.Value, ClockSkew, TimeSpan.Zero);
        checks.Note("nro.order", stated.Gen - challenge.Statement.Gen <= ClockSkew, "made before the challenge");
        var audience = stated.Recipients;
        checks.Note(
            "nro.audience",
            audience.Count == 0 || audience.Contains(challenge.Statement.Recipients[0]),
            "the downloader belongs to the audience"
        );
    }

    private void CheckCompletion(ExchangeTokens bundle, EvidenceToken challenge)
    {
        var receipt = checks.Read("nrr", bundle.Receipt, EvidenceKind.EvidenceOfReceipt);
        var release = checks.Read("release", bundle.Release, EvidenceKind.ReleaseRecord);
        if (receipt is null || release is null)
        {
            return;
        }

        VerifyTakenFromDownloader("nrr", receipt, Statements.Receipt(null, challenge, null, null), challenge, release);
        VerifyMadeByStore("release", release, Statements.Release(null, receipt, null) with { EarliestGen = challenge.Statement.Gen });
        State = ExchangeState.Completed;
    }

    private void CheckOtherEnding(ExchangeTokens bundle, EvidenceToken challenge)
    {
        var record = checks.Read("record", bundle.Record, EvidenceKind.AbortRecord, EvidenceKind.ExpiryRecord);
        var refusal = bundle.Refusal is null ? null : checks.Read("refusal", bundle.Refusal, EvidenceKind.Refusal);
        if (record is null)
        {
            return;
        }

        if (refusal is not null)
        {
            VerifyTakenFromDownloader("refusal", refusal, Statements.Refusal(null, challenge, null, null, null), challenge, record);
        }

        var (expected, state) = ExpectedRecord(record, challenge, refusal);
        VerifyMadeByStore("record", record, expected with { EarliestGen = challenge.Statement.Gen });
        State = state;
    }

    private static (EvidenceStatement Expected, ExchangeState State) ExpectedRecord(
        EvidenceToken record,
        EvidenceToken challenge,
        EvidenceToken? refusal
    ) =>
        (record.Kind, refusal) switch
        {
            (EvidenceKind.ExpiryRecord, null) => (Statements.Expiry(null, challenge, null), ExchangeState.Expired),
            (_, not null) => (Statements.AbortByRefusal(null, refusal, null), ExchangeState.Declined),
            _ when record.Statement.Reason == Statements.ServiceFailed => (
                Statements.AbortByFailure(null, challenge, null),
                ExchangeState.Aborted
            ),
            _ => (Statements.AbortOfExchange(null, challenge, null), ExchangeState.Aborted),
        };

    private static EvidenceStatement Rebuild(EvidenceToken challenge, EvidenceToken origin)
    {
        var stated = challenge.Statement;
        return Statements.ReceiptChallenge(
            null,
            origin,
            stated.Recipients[0],
            stated.Exchange!.Value,
            stated.Nonce!.Value,
            null,
            stated.Due!.Value
        );
    }

    private void VerifyMadeByStore(string name, EvidenceToken token, EvidenceStatement expected) =>
        checks.Verify(name, token, expected, token.Statement.Gen!.Value, TimeSpan.Zero, TimeSpan.Zero);

    // The store's clock says when it took the downloader's evidence, and so at which instant the key had to be valid.
    private void VerifyTakenFromDownloader(
        string name,
        EvidenceToken token,
        EvidenceStatement expected,
        EvidenceToken challenge,
        EvidenceToken answer
    ) =>
        checks.Verify(
            name,
            token,
            expected with
            {
                EarliestGen = challenge.Statement.Gen,
            },
            answer.Statement.Gen!.Value,
            TimeSpan.Zero,
            ClockSkew
        );
}
