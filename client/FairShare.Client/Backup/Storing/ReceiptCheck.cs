using FairShare.Backup.Records;
using FairShare.Client.Backup.Peers;
using FairShare.Core.Errors;

namespace FairShare.Client.Backup.Storing;

/// <summary>Holds a receipt against what was stored.</summary>
internal static class ReceiptCheck
{
    /// <exception cref="BackupProblem"><see cref="BackupProblem.BadAnswer"/>: it is of something else.</exception>
    public static BackupRecord Require(PeerConnection peer, string text, BackupRecord manifest, UploadedBody? body, uint epoch)
    {
        var record = peer.Read(text, RecordKind.StorageReceipt, manifest.Members.Backup);
        try
        {
            var (receipt, said) = (StorageReceipt.Read(record), BackupManifest.Read(manifest));
            return
                receipt.Manifest == manifest.Hash
                && receipt.Index == said.IndexOf(peer.Peer.Kid)
                && receipt.Epoch == epoch
                && receipt.BodySize == said.BodySize
                && receipt.Root == said.Roots[receipt.Index - 1]
                && (body is null || receipt.Digest == body.Digest)
                ? record
                : throw peer.BadAnswer("a receipt for something else than was stored");
        }
        catch (TokenException fault)
        {
            throw peer.BadAnswer($"a receipt that is refused: {fault.Code}");
        }
    }
}
