using FairShare.Aws.Documents;
using FairShare.Core.Identifiers;

namespace FairShare.Functions.Api;

/// <summary>A document as answers show it; the evidence only to its uploader.</summary>
internal sealed record DocumentView(
    string FileId,
    string Name,
    string MediaType,
    long Size,
    DigestBody? Digest,
    string Uploader,
    IReadOnlyList<string> Audience,
    string State
)
{
    /// <summary>The stored version, while no evidence of origin has been accepted; to the uploader only.</summary>
    public string? Version { get; init; }

    public DateTimeOffset? DepositedAt { get; init; }

    public string? OriginHash { get; init; }

    public string? Origin { get; init; }

    public string? Receipt { get; init; }

    public static DocumentView Of(DocumentRecord document, PartyId reader) =>
        new(
            document.Id.ToString(),
            document.Name.ToString(),
            document.MediaType.ToString(),
            document.Size,
            // A document of little entropy is guessed from its digest, and need not be receipted any more.
            reader == document.Uploader
            || document.DisclosesDigest
                ? DigestBody.Of(document.Digest)
                : null,
            document.Uploader.ToString(),
            [.. document.Audience.Select(party => party.ToString())],
            document.State.ToString()
        );

    /// <summary>With what was deposited: to others than the uploader only the hash of the evidence of origin.</summary>
    public static DocumentView Of(StoredDocument stored, PartyId reader)
    {
        var view = Of(stored.Document, reader) with
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
}
