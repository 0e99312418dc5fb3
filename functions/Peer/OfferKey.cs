using FairShare.Aws.Backup;
using FairShare.Backup.Records;
using FairShare.Backup.Refresh;
using FairShare.Contracts.Backup;
using FairShare.Core.Identifiers;
using FairShare.Functions.Hosting;
using FairShare.Functions.Http;

namespace FairShare.Functions.Peer;

/// <summary>
/// Step 1 of a refresh and of a repair: a key that nobody could have read before. It is kept before it is said. A repeat says the same,
/// until a day has gone by in which nothing was prepared with it: who reads the peer in that time must not read what comes much later.
/// </summary>
internal sealed class OfferKey(FunctionServices services) : IRouteHandler<BackupId, PeerOrder, RecordAnswer>
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(1);

    public async Task<Answer<RecordAnswer>> HandleAsync(ApiCall<BackupId, PeerOrder> call, CancellationToken cancellationToken)
    {
        var order = await services.TakeRefreshOrderAsync(PeerRoutes.OfferKey, call, cancellationToken);
        var kept = order.Kept is { Phase: not KeptPhase.Deleted } present ? present : throw order.NotFound();
        RequireFits(kept.Shares, order.Content.Epoch, isStanding: call.Request.Said is not null);
        var key = kept.Key;
        if (key is null || (kept.Shares?.PreparedTranscript is null && services.Time.GetUtcNow() - key.OfferedAt >= Lifetime))
        {
            key = await services.WrapAsync(order.Backup, AgreementKey.New(services.Randomness), cancellationToken);
            await services.SaveAsync(kept, kept with { Key = key }, cancellationToken);
        }

        var now = Timestamp.Truncate(services.Time.GetUtcNow());
        var members = RefreshRecords.WriteKey(key.PublicKey, order.Backup, (uint)order.Content.Epoch, now);
        var record = await services.Peer.Seal.SignAsync(RecordKind.EphemeralKey, members, cancellationToken);
        return new RecordAnswer(record.Text, kept.Shares?.Attempt ?? 0);
    }

    // A key is of the peer's own epoch. Where the peer has no share of it, an owner says which one it will be given.
    private void RequireFits(KeptShares? shares, long epoch, bool isStanding)
    {
        var isOwn = shares is { HasCurrent: true } && shares.Epoch == epoch;
        var isLost = !isStanding && (shares is null || epoch > shares.Epoch || (!shares.HasCurrent && epoch == shares.Epoch));
        if (!isOwn && !isLost)
        {
            throw PeerProblems.WrongEpoch.With($"The peer's share is not of epoch {epoch}.");
        }

        if (isStanding)
        {
            services.RequireDue(shares!);
        }
    }
}
