using FairShare.Aws.Exchange;
using FairShare.Contracts.Exchange;
using FairShare.Core.Digests;
using FairShare.Core.Identifiers;

namespace FairShare.Functions.Exchange;

/// <summary>Documents as answers show them; the evidence only to the uploader.</summary>
internal static class DocumentViews
{
    public static DocumentView ToView(this DocumentRecord document, PartyId reader) =>
        new(
            document.Id.ToString(),
            document.Name.ToString(),
            document.MediaType.ToString(),
            document.Size,
            document.Uploader.ToString(),
            [.. document.Audience.Select(party => party.ToString())],
            document.State.ToString(),
            // A document of little entropy is guessed from its digest, and need not be receipted any more.
            reader == document.Uploader
            || document.DisclosesDigest
                ? document.Digest.ToView()
                : null
        );

    /// <summary>With what was deposited: to others than the uploader only the hash of the evidence of origin.</summary>
    public static DocumentView ToView(this StoredDocument stored, PartyId reader)
    {
        var view = stored.Document.ToView(reader) with
        {
            DepositedAt = stored.Deposit?.DepositedAt,
            OriginHash = stored.Deposit?.Origin.Hash.ToString(),
        };
        return reader == stored.Document.Uploader
            ? view with
            {
                Origin = stored.Deposit?.Origin.Text,
                Receipt = stored.Deposit?.Receipt.Text,
            }
            : view;
    }

    private static DigestView ToView(this DocumentDigest digest) => new(digest.Method.Name(), digest.Value.ToString(), digest.PartSize);
}
