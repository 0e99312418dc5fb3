namespace FairShare.Exchange.Evidence;

/// <summary>The kinds of evidence; the header's <c>typ</c> is the name as written here.</summary>
public enum EvidenceKind
{
    /// <summary>NRO: the uploader says that it sent this document (step 3).</summary>
    EvidenceOfOrigin,

    /// <summary>The document store says that it verified and keeps the document (step v).</summary>
    DepositReceipt,

    /// <summary>The document store offers the document against a receipt, until a deadline (step 5).</summary>
    ReceiptChallenge,

    /// <summary>NRR: the downloader says that it receives this document (step 6).</summary>
    EvidenceOfReceipt,

    /// <summary>The document store says that it gave each side the other's evidence (steps 7 and 8).</summary>
    ReleaseRecord,

    /// <summary>The downloader says that it does not want the document.</summary>
    Refusal,

    /// <summary>The document store says that an exchange or document was ended by a party.</summary>
    AbortRecord,

    /// <summary>The document store says that an exchange ended by its deadline.</summary>
    ExpiryRecord,
}

/// <summary>Who signs a kind of evidence.</summary>
public enum EvidenceSigner
{
    /// <summary>The uploader, <c>orig</c>.</summary>
    Uploader,

    /// <summary>The downloader, the one member of <c>rcpt</c>.</summary>
    Downloader,

    /// <summary>The document store, <c>ttp</c>.</summary>
    Store,
}

/// <summary>What is fixed by a kind: its name, event and signer.</summary>
public static class EvidenceKinds
{
    private const string Etsi = "http://uri.etsi.org/19522/Event/";

    /// <summary>The header's <c>typ</c>.</summary>
    public static string TypeName(this EvidenceKind kind) =>
        kind switch
        {
            EvidenceKind.EvidenceOfOrigin => nameof(EvidenceKind.EvidenceOfOrigin),
            EvidenceKind.DepositReceipt => nameof(EvidenceKind.DepositReceipt),
            EvidenceKind.ReceiptChallenge => nameof(EvidenceKind.ReceiptChallenge),
            EvidenceKind.EvidenceOfReceipt => nameof(EvidenceKind.EvidenceOfReceipt),
            EvidenceKind.ReleaseRecord => nameof(EvidenceKind.ReleaseRecord),
            EvidenceKind.Refusal => nameof(EvidenceKind.Refusal),
            EvidenceKind.AbortRecord => nameof(EvidenceKind.AbortRecord),
            EvidenceKind.ExpiryRecord => nameof(EvidenceKind.ExpiryRecord),
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };

    /// <summary>Reads a <c>typ</c>; null for any other text.</summary>
    public static EvidenceKind? FromTypeName(string name) =>
        All.Where(kind => kind.TypeName() == name).Select(kind => (EvidenceKind?)kind).FirstOrDefault();

    /// <summary>All kinds.</summary>
    public static IReadOnlyList<EvidenceKind> All { get; } = Enum.GetValues<EvidenceKind>();

    /// <summary>
    /// The event (ERDSEventId of ETSI EN 319 522-2). Ours are the abort, which ETSI does not know, and from policy 2 on the submission:
    /// SubmissionAcceptance is the service's to say, not the sender's.
    /// </summary>
    public static string EventUri(this EvidenceKind kind, EvidencePolicy policy) =>
        kind switch
        {
            EvidenceKind.EvidenceOfOrigin when policy != EvidencePolicy.Disclosing => "urn:fairshare:event:submission",
            EvidenceKind.EvidenceOfOrigin or EvidenceKind.DepositReceipt => Etsi + "SubmissionAcceptance",
            EvidenceKind.ReceiptChallenge => Etsi + "NotificationForAcceptance",
            EvidenceKind.EvidenceOfReceipt => Etsi + "ConsignmentAcceptance",
            EvidenceKind.ReleaseRecord => Etsi + "ContentConsignment",
            EvidenceKind.Refusal => Etsi + "ConsignmentRejection",
            EvidenceKind.AbortRecord => "urn:fairshare:event:abort",
            EvidenceKind.ExpiryRecord => Etsi + "AcceptanceRejectionExpiry",
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };

    /// <summary>Who signs it.</summary>
    public static EvidenceSigner Signer(this EvidenceKind kind) =>
        kind switch
        {
            EvidenceKind.EvidenceOfOrigin => EvidenceSigner.Uploader,
            EvidenceKind.EvidenceOfReceipt or EvidenceKind.Refusal => EvidenceSigner.Downloader,
            _ => EvidenceSigner.Store,
        };
}
