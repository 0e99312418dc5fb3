using FairShare.Core.Identifiers;
using FairShare.Exchange.Evidence;

namespace FairShare.Client.Exchange;

/// <summary>A document to be deposited.</summary>
/// <param name="Path">The file; 1 byte or more.</param>
/// <param name="Name">Its name for others.</param>
/// <param name="MediaType">Its media type.</param>
/// <param name="Audience">Who may ask for it; empty for everybody.</param>
/// <param name="DisclosesDigest">Whether readers may know the digest before they give a receipt.</param>
public sealed record PutOrder(
    string Path,
    DocumentName Name,
    MediaType MediaType,
    IReadOnlyList<PartyId> Audience,
    bool DisclosesDigest = false
)
{
    /// <summary>
    /// Names the announcement, so that a repeat of it is about the same document until that is deposited; null for none. Whether it is,
    /// when an answer was lost, <see cref="FairShareClient.FindDepositAsync"/> says.
    /// </summary>
    public string? IdempotencyKey { get; init; }

    internal string? Disclose => DisclosesDigest ? Disclosure.Digest : null;
}
