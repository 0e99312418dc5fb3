using FairShare.Aws.Table;
using FairShare.Backup.Records;
using FairShare.Core.Digests;
using FairShare.Core.Identifiers;

namespace FairShare.Aws.Backup;

/// <summary>What a peer keeps of a backup, as an item of its table.</summary>
internal static class KeptItems
{
    public static Item Write(KeptBackup kept)
    {
        var item = new Item(PeerItemKeys.Backup(kept.Id))
            .With("phase", kept.Phase.ToString())
            .With("revision", kept.Revision)
            .With("announcer", kept.Announcer.ToString())
            .With("manifest", kept.Manifest)
            .With("bodySlot", kept.Body?.Slot)
            .With("bodySize", kept.Body?.Size)
            .With("digestMethod", kept.Body?.Digest.Method.Name())
            .With("digestValue", kept.Body?.Digest.Value.ToString())
            .With("partSize", kept.Body?.Digest.PartSize)
            .With("replacedSlot", kept.Replaced)
            .With("pendingSlot", kept.Pending?.Slot)
            .With("pendingSize", kept.Pending?.Size)
            .With("uploadId", kept.Pending?.UploadId);
        if (kept.Pending?.Copy is { } copy)
        {
            item.With("copySource", copy.Source).With("copyLeaves", copy.Leaves).With("copyFrontier", copy.Frontier);
        }

        if (kept.Dropped.Count > 0)
        {
            item.With("dropped", [.. kept.Dropped.Select(one => one.ToString())]);
        }

        if (kept.Key is { } key)
        {
            item.With("keyWrapped", key.Wrapped).With("keyPublic", key.PublicKey).With("keyOfferedAt", key.OfferedAt);
        }

        return kept.Shares is { } shares ? WithShares(item, shares) : item;
    }

    public static KeptBackup Read(Item item) =>
        new()
        {
            Id = BackupId.Parse(item.Key.PartitionId),
            Phase = Enum.Parse<KeptPhase>(item.Text("phase")),
            Revision = item.OptionalNumber("revision") ?? 0,
            Announcer = KeyId.Parse(item.Text("announcer")),
            Manifest = item.OptionalText("manifest"),
            Body = item.OptionalText("bodySlot") is { } slot
                ? new KeptBody(
                    slot,
                    item.OptionalNumber("bodySize") ?? 0,
                    DocumentDigest.Parse(item.Text("digestMethod"), item.Text("digestValue"), item.OptionalNumber("partSize"))
                )
                : null,
            Pending = item.OptionalText("pendingSlot") is { } pending
                ? new PendingBody(pending, item.OptionalNumber("pendingSize") ?? 0, item.OptionalText("uploadId"), ReadCopy(item))
                : null,
            Replaced = item.OptionalText("replacedSlot"),
            Dropped = [.. item.List("dropped").Select(DroppedBody.Parse)],
            Key = item.OptionalBytes("keyWrapped") is { } secret
                ? new KeptKey(secret, item.OptionalBytes("keyPublic") ?? [], item.OptionalTime("keyOfferedAt") ?? DateTimeOffset.UnixEpoch)
                : null,
            Shares = item.OptionalBytes("wrapped") is { } wrapped ? ReadShares(item, wrapped) : null,
        };

    private static Item WithShares(Item item, KeptShares shares)
    {
        item.With("epoch", shares.Epoch)
            .With("commitments", shares.Commitments)
            .With("wrapped", shares.Wrapped)
            .With("hasShare", shares.HasCurrent ? 1 : 0)
            .With("deal", shares.Deal)
            .With("preparedTranscript", shares.PreparedTranscript?.ToString())
            .With("attempt", shares.Attempt == 0 ? null : shares.Attempt)
            .With("refreshedAt", shares.RefreshedAt);
        if (shares.GivenUp.Count > 0)
        {
            item.With("givenUp", [.. shares.GivenUp.Select(one => one.ToString())]);
        }

        return shares.PreparedCommitments is { } prepared ? item.With("preparedCommitments", prepared) : item;
    }

    private static KeptCopy? ReadCopy(Item item) =>
        item.OptionalText("copySource") is { } source
            ? new KeptCopy(source, item.OptionalNumber("copyLeaves") ?? 0, item.OptionalBytes("copyFrontier") ?? [])
            : null;

    private static KeptShares ReadShares(Item item, byte[] wrapped) =>
        new(
            (uint)(item.OptionalNumber("epoch") ?? 0),
            item.OptionalBytes("commitments") ?? [],
            wrapped,
            item.OptionalNumber("hasShare") == 1
        )
        {
            Deal = item.OptionalText("deal"),
            PreparedTranscript = item.OptionalText("preparedTranscript") is { } digest ? Sha256Digest.Parse(digest) : null,
            PreparedCommitments = item.OptionalBytes("preparedCommitments"),
            Attempt = (uint)(item.OptionalNumber("attempt") ?? 0),
            GivenUp = [.. item.List("givenUp").Select(KeptAttempt.Parse)],
            RefreshedAt = item.OptionalTime("refreshedAt"),
        };
}
