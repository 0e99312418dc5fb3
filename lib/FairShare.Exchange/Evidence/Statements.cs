using FairShare.Core.Digests;
using FairShare.Core.Errors;
using FairShare.Core.Identifiers;
using FairShare.Core.Keys;

namespace FairShare.Exchange.Evidence;

/// <summary>
/// Builds the statement of each kind from the tokens that it answers, so that what must agree cannot differ. The same call serves the
/// issuer (with id and time) and the verifier (with both null, for any).
/// </summary>
public static class Statements
{
    /// <summary>The reason of an abort by the uploader.</summary>
    public const string AbortedByUploader = "aborted-by-uploader";

    /// <summary>The reason of an abort that follows a refusal.</summary>
    public const string DeclinedByDownloader = "declined-by-downloader";

    /// <summary>The reason of an abort when the store could not go on with an exchange for which it held no receipt.</summary>
    public const string ServiceFailed = "service-failure";

    /// <summary>The reason when a document, and no particular exchange, was withdrawn.</summary>
    public const string DocumentWithdrawn = "document-withdrawn";

    /// <summary>The reason of an expiry.</summary>
    public const string DeadlinePassed = "deadline-passed";

    /// <summary>NRO, signed by the uploader (step 3).</summary>
    /// <param name="id">The evidence's id.</param>
    /// <param name="origin">The uploader.</param>
    /// <param name="audience">Who may ask for it, each once; empty for everybody.</param>
    /// <param name="store">The document store, <c>ttp</c> of its discovery document.</param>
    /// <param name="document">The document with the version that the PUT returned.</param>
    /// <param name="nonce">The nonce of step 2.</param>
    /// <param name="gen">The uploader's time.</param>
    /// <param name="hold">Who holds the signing key.</param>
    /// <param name="salt">Fresh for each NRO; null in an expectation, for any.</param>
    /// <param name="disclosesDigest">Whether readers may know the digest before they give a receipt.</param>
    public static EvidenceStatement Origin(
        EvidenceId? id,
        PartyId origin,
        IReadOnlyList<PartyId> audience,
        PartyId store,
        DocumentDescription document,
        Nonce nonce,
        DateTimeOffset? gen,
        KeyHolder? hold,
        DocumentSalt? salt,
        bool disclosesDigest = false
    ) =>
        new()
        {
            Kind = EvidenceKind.EvidenceOfOrigin,
            Id = id,
            Origin = origin,
            Recipients = audience,
            Store = store,
            Document = document,
            Nonce = nonce,
            Gen = gen,
            Hold = hold,
            Salt = salt,
            DisclosesDigest = disclosesDigest,
        };

    /// <summary>The store's receipt for an NRO (step v).</summary>
    public static EvidenceStatement DepositReceipt(EvidenceId? id, EvidenceToken origin, DateTimeOffset? gen) =>
        Answer(EvidenceKind.DepositReceipt, id, Require(origin, EvidenceKind.EvidenceOfOrigin), gen) with
        {
            References = [origin.Hash],
        };

    /// <summary>The store's offer to a downloader (step 5): the NRO's hash and the commitment to the digest, not the NRO.</summary>
    public static EvidenceStatement ReceiptChallenge(
        EvidenceId? id,
        EvidenceToken origin,
        PartyId downloader,
        ExchangeId exchange,
        Nonce nonce,
        DateTimeOffset? gen,
        DateTimeOffset due
    ) =>
        Answer(EvidenceKind.ReceiptChallenge, id, Require(origin, EvidenceKind.EvidenceOfOrigin), gen) with
        {
            Recipients = [downloader],
            Exchange = exchange,
            References = [origin.Hash],
            Nonce = nonce,
            Due = due,
        };

    /// <summary>NRR, signed by the downloader (step 6): everything that the challenge says, and the challenge's hash.</summary>
    public static EvidenceStatement Receipt(EvidenceId? id, EvidenceToken challenge, DateTimeOffset? gen, KeyHolder? hold) =>
        ToChallenge(EvidenceKind.EvidenceOfReceipt, id, challenge, gen) with
        {
            Nonce = challenge.Statement.Nonce,
            Hold = hold,
        };

    /// <summary>A refusal, signed by the downloader in the NRR's place.</summary>
    /// <param name="id">The evidence's id.</param>
    /// <param name="challenge">The challenge that is refused.</param>
    /// <param name="gen">The downloader's time.</param>
    /// <param name="hold">Who holds the signing key.</param>
    /// <param name="reason">1..64 of lower-case letters, digits and hyphens; null in an expectation, for any.</param>
    public static EvidenceStatement Refusal(
        EvidenceId? id,
        EvidenceToken challenge,
        DateTimeOffset? gen,
        KeyHolder? hold,
        string? reason
    ) => Receipt(id, challenge, gen, hold) with { Kind = EvidenceKind.Refusal, Reason = reason };

    /// <summary>The store's record that both sides have the other's evidence (steps 7 and 8).</summary>
    /// <param name="id">The evidence's id.</param>
    /// <param name="receipt">The NRR.</param>
    /// <param name="gen">When the store accepted the NRR.</param>
    public static EvidenceStatement Release(EvidenceId? id, EvidenceToken receipt, DateTimeOffset? gen) =>
        OfExchange(EvidenceKind.ReleaseRecord, id, Require(receipt, EvidenceKind.EvidenceOfReceipt), gen) with
        {
            References = [receipt.Statement.References[0], receipt.Hash],
            Due = receipt.Statement.Due,
        };

    /// <summary>The store's record that it could not go on with an open exchange.</summary>
    public static EvidenceStatement AbortByFailure(EvidenceId? id, EvidenceToken challenge, DateTimeOffset? gen) =>
        AbortOfExchange(id, challenge, gen) with
        {
            Reason = ServiceFailed,
        };

    /// <summary>The store's record that the uploader aborted an open exchange.</summary>
    public static EvidenceStatement AbortOfExchange(EvidenceId? id, EvidenceToken challenge, DateTimeOffset? gen) =>
        OfExchange(EvidenceKind.AbortRecord, id, Require(challenge, EvidenceKind.ReceiptChallenge), gen) with
        {
            References = [challenge.Statement.References[0]],
            Reason = AbortedByUploader,
        };

    /// <summary>The store's record that the downloader declined.</summary>
    public static EvidenceStatement AbortByRefusal(EvidenceId? id, EvidenceToken refusal, DateTimeOffset? gen) =>
        OfExchange(EvidenceKind.AbortRecord, id, Require(refusal, EvidenceKind.Refusal), gen) with
        {
            References = [refusal.Statement.References[0], refusal.Hash],
            Reason = DeclinedByDownloader,
        };

    /// <summary>The store's record that the uploader withdrew a deposited document.</summary>
    public static EvidenceStatement AbortOfDocument(EvidenceId? id, EvidenceToken origin, DateTimeOffset? gen) =>
        Answer(EvidenceKind.AbortRecord, id, Require(origin, EvidenceKind.EvidenceOfOrigin), gen) with
        {
            References = [origin.Hash],
            Reason = DocumentWithdrawn,
        };

    /// <summary>The store's record that the deadline passed.</summary>
    public static EvidenceStatement Expiry(EvidenceId? id, EvidenceToken challenge, DateTimeOffset? gen) =>
        ToChallenge(EvidenceKind.ExpiryRecord, id, challenge, gen) with
        {
            Reason = DeadlinePassed,
        };

    private static EvidenceStatement ToChallenge(EvidenceKind kind, EvidenceId? id, EvidenceToken challenge, DateTimeOffset? gen) =>
        OfExchange(kind, id, Require(challenge, EvidenceKind.ReceiptChallenge), gen) with
        {
            References = [challenge.Statement.References[0], challenge.Hash],
            Due = challenge.Statement.Due,
        };

    private static EvidenceStatement OfExchange(EvidenceKind kind, EvidenceId? id, EvidenceStatement answered, DateTimeOffset? gen) =>
        Answer(kind, id, answered, gen) with
        {
            Exchange = answered.Exchange,
        };

    private static EvidenceStatement Answer(EvidenceKind kind, EvidenceId? id, EvidenceStatement answered, DateTimeOffset? gen) =>
        new()
        {
            Kind = kind,
            Id = id,
            Origin = answered.Origin,
            Recipients = answered.Recipients,
            Store = answered.Store,
            Policy = answered.Policy,
            Document = answered.Salt is { } salt ? answered.Document.Commit(salt, answered.DisclosesDigest) : answered.Document,
            Gen = gen,
        };

    private static EvidenceStatement Require(EvidenceToken token, EvidenceKind kind) =>
        token.Kind == kind
            ? token.Statement
            : throw new ProtocolException(TokenFault.WrongKind.Code(), $"A {kind} was needed; this is a {token.Kind}.");
}
