using FairShare.Aws.Backup;
using FairShare.Backup.Records;
using FairShare.Core.Digests;
using FairShare.Core.Identifiers;
using FairShare.Functions.Hosting;

namespace FairShare.Functions.Peer;

/// <summary>What a peer signs of a share that it keeps.</summary>
internal static class ShareReceipts
{
    /// <summary>Signs a receipt.</summary>
    /// <param name="services">The peer's parts.</param>
    /// <param name="record">The manifest that the share is under.</param>
    /// <param name="index">The index of the share.</param>
    /// <param name="body">The body that is stored.</param>
    /// <param name="shares">The key share.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    public static async Task<string> SignReceiptAsync(
        this FunctionServices services,
        BackupRecord record,
        int index,
        KeptBody body,
        KeptShares shares,
        CancellationToken cancellationToken
    )
    {
        var receipt = new StorageReceipt(
            record.Members.Backup,
            record.Hash,
            index,
            shares.Epoch,
            body.Size,
            body.Digest,
            BackupManifest.Read(record).Roots[index - 1],
            Sha256Digest.Of(shares.Commitments)
        );
        var members = receipt.ToMembers(Timestamp.Truncate(services.Time.GetUtcNow()));
        return (await services.Peer.Seal.SignAsync(RecordKind.StorageReceipt, members, cancellationToken)).Text;
    }
}
