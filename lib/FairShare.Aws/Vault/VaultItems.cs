using Amazon.DynamoDBv2.Model;
using FairShare.Aws.Table;
using FairShare.Core.Digests;
using FairShare.Core.Identifiers;
using FairShare.Vault.Derivation;
using FairShare.Vault.Items;

namespace FairShare.Aws.Vault;

/// <summary>The vault's items as items of the table.</summary>
internal static class VaultItems
{
    /// <summary>The attribute of TTL: whole seconds since 1970.</summary>
    public const string RemoveAt = "removeAt";

    public static Item Write(VaultRecord record) =>
        new Item(VaultItemKeys.Item(record.Id))
            .With("phase", record.Item.Phase.ToString())
            .With("verifier", record.Item.Verifier.ToString())
            .With("ownerTag", record.OwnerTag.ToString())
            .With("party", record.Party?.ToString())
            .With("createdAt", record.CreatedAt)
            .With("expiresAt", record.Item.Limits.ExpiresAt)
            .With("maxOpens", record.Item.Limits.MaxOpens)
            .With("opens", record.Item.Opens)
            .With("guesses", record.Item.Guesses)
            .With("objectSize", record.Size)
            .With("storageDays", record.StorageDays)
            .With("digestMethod", record.Digest?.Method.Name())
            .With("digestValue", record.Digest?.Value.ToString())
            .With("partSize", record.Digest?.PartSize)
            .With("uploadableUntil", record.UploadableUntil);

    public static VaultRecord Read(Item item) =>
        new()
        {
            Id = VaultItemId.Parse(item.Key.PartitionId),
            Item = new VaultItem(
                VaultVerifier.Parse(item.Text("verifier")),
                new ItemLimits((int?)item.OptionalNumber("maxOpens"), item.OptionalTime("expiresAt") ?? default),
                Enum.Parse<ItemPhase>(item.Text("phase")),
                (int)(item.OptionalNumber("opens") ?? 0),
                (int)(item.OptionalNumber("guesses") ?? 0),
                item.OptionalTime("lockedUntil") ?? default
            ),
            OwnerTag = Sha256Digest.Parse(item.Text("ownerTag")),
            Party = item.OptionalText("party") is { } party ? PartyId.Parse(party) : null,
            CreatedAt = item.OptionalTime("createdAt") ?? default,
            Size = item.OptionalNumber("objectSize") ?? 0,
            StorageDays = (int)(item.OptionalNumber("storageDays") ?? 0),
            Digest = item.OptionalText("digestMethod") is { } method
                ? DocumentDigest.Parse(method, item.Text("digestValue"), item.OptionalNumber("partSize"))
                : null,
            UploadId = item.OptionalText("uploadId"),
            UploadableUntil = item.OptionalTime("uploadableUntil"),
        };

    /// <summary>An item whose removal the table's stream tells of.</summary>
    public static Item Timer(VaultItemId id, DateTimeOffset at) => new Item(VaultItemKeys.Timer(id)).With(RemoveAt, Seconds(at));

    /// <summary>Whole seconds since 1970, never before the time itself.</summary>
    public static long Seconds(DateTimeOffset at) => (at.ToUnixTimeMilliseconds() + 999) / 1000;

    public static AttributeValue Text(DateTimeOffset at) => new(Timestamp.Format(at));

    public static AttributeValue Text(ItemPhase phase) => new(phase.ToString());

    public static AttributeValue Number(long value) => new() { N = value.ToString(System.Globalization.CultureInfo.InvariantCulture) };
}
