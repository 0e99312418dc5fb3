using FairShare.Aws.Backup;
using FairShare.Backup.Records;
using FairShare.Contracts.Backup;
using FairShare.Core.Digests;
using FairShare.Core.Identifiers;
using FairShare.Functions.Hosting;

namespace FairShare.Functions.Peer;

/// <summary>What a peer says at the end of a refresh: which epoch its share is of.</summary>
internal static class RefreshRecord
{
    public static async Task<string> SignAsync(
        FunctionServices services,
        FollowedOrder<RefreshProgress> order,
        KeptShares shares,
        int index,
        CancellationToken cancellationToken
    )
    {
        var members = RecordMembers
            .Of(order.Backup, Timestamp.Truncate(services.Time.GetUtcNow()))
            .With("order", order.Hash)
            .With("index", index)
            .With("epoch", shares.Epoch)
            .With("commitments", Sha256Digest.Of(shares.Commitments));
        return (await services.Peer.Seal.SignAsync(RecordKind.RefreshApplied, members, cancellationToken)).Text;
    }
}
