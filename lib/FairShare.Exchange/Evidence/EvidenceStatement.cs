using FairShare.Core.Digests;
using FairShare.Core.Identifiers;
using FairShare.Core.Keys;

namespace FairShare.Exchange.Evidence;

/// <summary>
/// What a token of evidence says: the payload's members, immutable and equal by value. Made by <see cref="Statements"/>, or read from a
/// token. A statement to be issued has all members that its kind asks for; in one that a verifier expects, a null <see cref="Id"/>,
/// <see cref="Gen"/>, <see cref="Hold"/> or <see cref="Reason"/> stands for any well-formed value.
/// </summary>
public sealed record EvidenceStatement
{
    /// <summary>The version of the format (<c>ver</c>).</summary>
    public const int FormatVersion = 1;

    /// <summary>The kind; on the wire the header's <c>typ</c> and the payload's <c>event</c>.</summary>
    public required EvidenceKind Kind { get; init; }

    /// <summary><c>pol</c>: the policy under which it is made; by default the current one.</summary>
    public EvidencePolicy Policy { get; init; } = EvidencePolicies.Current;

    /// <summary><c>id</c>: the evidence's own identifier.</summary>
    public EvidenceId? Id { get; init; }

    /// <summary><c>orig</c>: the uploader.</summary>
    public required PartyId Origin { get; init; }

    /// <summary><c>rcpt</c>: the audience (empty when open), or the one downloader of an exchange.</summary>
    public required IReadOnlyList<PartyId> Recipients { get; init; }

    /// <summary><c>ttp</c>: the document store.</summary>
    public required PartyId Store { get; init; }

    /// <summary><c>exch</c>: the exchange.</summary>
    public ExchangeId? Exchange { get; init; }

    /// <summary><c>doc</c>: the document.</summary>
    public required DocumentDescription Document { get; init; }

    /// <summary><c>salt</c>: hides the digest in the commitments of the other tokens; of an NRO of policy 2.</summary>
    public DocumentSalt? Salt { get; init; }

    /// <summary>
    /// <c>disclose</c> with the value <c>digest</c>: readers may know the digest before they give a receipt; of an NRO of policy 2.
    /// </summary>
    public bool DisclosesDigest { get; init; }

    /// <summary><c>ref</c>: hashes of the tokens that this one answers, in the order that its kind fixes.</summary>
    public IReadOnlyList<Sha256Digest> References { get; init; } = [];

    /// <summary><c>nonce</c>: the document store's single-use nonce for this step.</summary>
    public Nonce? Nonce { get; init; }

    /// <summary><c>gen</c>: when the evidence was made, to the millisecond.</summary>
    public DateTimeOffset? Gen
    {
        get;
        init => field = value is { } time ? Timestamp.Truncate(time) : null;
    }

    /// <summary><c>due</c>: the deadline of the exchange, to the millisecond.</summary>
    public DateTimeOffset? Due
    {
        get;
        init => field = value is { } time ? Timestamp.Truncate(time) : null;
    }

    /// <summary><c>hold</c>: who holds the signing key; of evidence that a party signs.</summary>
    public KeyHolder? Hold { get; init; }

    /// <summary><c>reason</c>: why it ended; 1..64 of lower-case letters, digits and hyphens.</summary>
    public string? Reason { get; init; }

    /// <summary>A verifier's lower bound for <see cref="Gen"/>, or null for none; never written.</summary>
    public DateTimeOffset? EarliestGen { get; init; }

    /// <summary>The party that signs this statement.</summary>
    public PartyId Signer =>
        Kind.Signer() switch
        {
            EvidenceSigner.Uploader => Origin,
            EvidenceSigner.Downloader => Recipients is [var downloader] ? downloader : default,
            _ => Store,
        };

    /// <summary>Equality of every written member; <see cref="EarliestGen"/> is not one.</summary>
    public bool Equals(EvidenceStatement? other) => other is not null && StatementComparison.FirstDifference(this, other) is null;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Kind, Id, Origin, Exchange, Document.Id, Nonce, Gen, Due);
}
