using FairShare.Aws.Backup;
using FairShare.Backup.Integrity;
using FairShare.Backup.Records;
using FairShare.Contracts.Backup;
using FairShare.Core.Identifiers;
using FairShare.Functions.Hosting;
using FairShare.Functions.Http;

namespace FairShare.Functions.Peer;

/// <summary>Reads the whole body, and says under its seal what it found.</summary>
internal sealed class ProveShare(FunctionServices services) : IRouteHandler<BackupId, PeerOrder, ProofAnswer>
{
    private const int MostWrong = 100;

    public async Task<Answer<ProofAnswer>> HandleAsync(ApiCall<BackupId, PeerOrder> call, CancellationToken cancellationToken)
    {
        var standing = PeerOrders.StandingValidity;
        var order = await services.TakeOrderAsync<NothingMore>(PeerRoutes.ProveShare, call, standing, cancellationToken);
        var stored = order.RequireStored();
        await using var body =
            await services.Peer.Bucket.ReadAsync(PeerBucket.BodyKey(order.Backup, stored.Body.Slot), cancellationToken)
            ?? throw PeerProblems.NotStored.With("The body is gone.");
        var tree = await ShareTree.OfAsync(body, cancellationToken);
        var members = RecordMembers
            .Of(order.Backup, Timestamp.Truncate(services.Time.GetUtcNow()))
            .With("order", order.Hash)
            .With("index", stored.Index)
            .With("bodySize", stored.Body.Size)
            .With("root", tree.Root);
        var record = await services.Peer.Seal.SignAsync(RecordKind.IntegrityProof, members, cancellationToken);
        return new ProofAnswer(record.Text, await FindWrongAsync(stored, tree, cancellationToken));
    }

    // The hashes that were stored beside the body say which leaves; whoever asked looks at those itself.
    private async Task<IReadOnlyList<int>> FindWrongAsync(StoredBackup stored, ShareTree found, CancellationToken cancellationToken)
    {
        if (!stored.HasTree || stored.Index == 0 || found.Root == stored.Manifest.Roots[stored.Index - 1])
        {
            return [];
        }

        await using var beside = await services.Peer.Bucket.ReadAsync(
            PeerBucket.TreeKey(stored.Kept.Id, stored.Body.Slot),
            cancellationToken
        );
        using var octets = new MemoryStream();
        await (beside?.CopyToAsync(octets, cancellationToken) ?? Task.CompletedTask);
        var tree = ShareTree.TryRead(octets.ToArray(), stored.Body.Size, stored.Manifest.Roots[stored.Index - 1]);
        return tree is null ? [] : [.. found.DifferencesFrom(tree).Take(MostWrong)];
    }
}
