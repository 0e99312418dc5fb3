using FairShare.Core.Digests;
using FairShare.Core.Identifiers;
using FairShare.Vault.Derivation;
using FairShare.Vault.Items;

namespace FairShare.Aws.Vault;

/// <summary>
/// An item as the table has it. Of an erased one only id, verifier, owner's tag and phase are left, and where its object was.
/// </summary>
public sealed record VaultRecord
{
    /// <summary>Its id.</summary>
    public required VaultItemId Id { get; init; }

    /// <summary>Its state, by whose rules it changes.</summary>
    public required VaultItem Item { get; init; }

    /// <summary>SHA-256 of the owner's secret.</summary>
    public required Sha256Digest OwnerTag { get; init; }

    /// <summary>Who stored it; null where nobody signed in, and once it is erased.</summary>
    public PartyId? Party { get; init; }

    /// <summary>Bytes; before the commit the most that the object may have.</summary>
    public long Size { get; init; }

    /// <summary>The object's digest; null before the commit.</summary>
    public DocumentDigest? Digest { get; init; }

    /// <summary>When it was announced.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>After how many days the bucket itself drops the object, come what may; 0 for an item with its body in the table.</summary>
    public int StorageDays { get; init; }

    /// <summary>The multipart upload; null where there is none.</summary>
    public string? UploadId { get; init; }

    /// <summary>Until when a presigned PUT of the whole object may still come; null where none was given out.</summary>
    public DateTimeOffset? UploadableUntil { get; init; }

    /// <summary>Whether the body is in the table.</summary>
    public bool IsInline => StorageDays == 0;

    /// <summary>The key of the object.</summary>
    public string ObjectKey => $"{StorageClasses.PrefixOf(StorageDays)}{Id}";
}
