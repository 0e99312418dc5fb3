using System.Text;
using FairShare.Aws.Backup;
using FairShare.Backup.Orders;
using FairShare.Backup.Records;
using FairShare.Contracts;
using FairShare.Contracts.Backup;
using FairShare.Contracts.Http;
using FairShare.Core.Errors;
using FairShare.Core.Identifiers;
using FairShare.Core.Keys;
using FairShare.Functions.Hosting;
using FairShare.Functions.Http;

namespace FairShare.Functions.Peer;

/// <summary>Decides whether a peer follows an order: by its form, its signature, who gave it, and whether it was followed before.</summary>
internal static class PeerOrders
{
    /// <summary>How long an order may be good for that does no harm when it is repeated.</summary>
    public static readonly TimeSpan DeletionValidity = TimeSpan.FromDays(30);

    /// <summary>The same of orders to check, and to refresh.</summary>
    public static readonly TimeSpan StandingValidity = TimeSpan.FromDays(366);

    /// <summary>Takes an order that is good for five minutes, once.</summary>
    public static Task<FollowedOrder<TContent>> TakeOrderAsync<TContent>(
        this FunctionServices services,
        Route route,
        ApiCall<BackupId, PeerOrder> call,
        CancellationToken cancellationToken
    ) => services.TakeOrderAsync<TContent>(PeerRoutes.ActionOf(route), call, standing: null, cancellationToken);

    /// <summary>Takes an order for a step of a refresh: one for this step and what was said, or a standing one for all steps.</summary>
    public static async Task<FollowedOrder<RefreshProgress>> TakeRefreshOrderAsync(
        this FunctionServices services,
        Route route,
        ApiCall<BackupId, PeerOrder> call,
        CancellationToken cancellationToken
    )
    {
        if (call.Request.Said is not { } said)
        {
            return await services.TakeOrderAsync<RefreshProgress>(route, call, cancellationToken);
        }

        var (action, standing) = (PeerRoutes.StandingRefresh, StandingValidity);
        var order = await services.TakeOrderAsync<NothingMore>(action, call, standing, cancellationToken);
        // Whoever carries the order says this, as whoever carries messages may: what counts in it is what peers have signed.
        var progress = StrictJson.Read(Encoding.UTF8.GetBytes(said), ContractJson.Strict.TypeOf<RefreshProgress>());
        return new FollowedOrder<RefreshProgress>(order.Backup, order.Owner, order.Hash, progress, order.Kept, order.Peer);
    }

    /// <summary>Takes an order that may stand.</summary>
    public static Task<FollowedOrder<TContent>> TakeOrderAsync<TContent>(
        this FunctionServices services,
        Route route,
        ApiCall<BackupId, PeerOrder> call,
        TimeSpan standing,
        CancellationToken cancellationToken
    ) => services.TakeOrderAsync<TContent>(PeerRoutes.ActionOf(route), call, standing, cancellationToken);

    /// <summary>Takes an order.</summary>
    /// <param name="services">The peer's parts.</param>
    /// <param name="action">What the order must name.</param>
    /// <param name="call">The order.</param>
    /// <param name="standing">How long the order may be good for, as often as it comes; null for one that is good once.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <exception cref="ProtocolException">Why it is not followed; nothing has changed.</exception>
    private static async Task<FollowedOrder<TContent>> TakeOrderAsync<TContent>(
        this FunctionServices services,
        string action,
        ApiCall<BackupId, PeerOrder> call,
        TimeSpan? standing,
        CancellationToken cancellationToken
    )
    {
        var seal = await services.Peer.Seal.GetKeyAsync(cancellationToken);
        var owner = PublicKey.FromJwk(call.Request.Key);
        var check = new OrderCheck(seal.Thumbprint, call.Subject, action, standing ?? BackupOrder.Validity);
        var (order, hash) = Require(check, call.Request, owner, services.Time.GetUtcNow());
        var content = StrictJson.Read(Encoding.UTF8.GetBytes(call.Request.Content), ContractJson.Strict.TypeOf<TContent>());
        var kept = await services.Peer.Backups.FindAsync(call.Subject, cancellationToken);
        await RequireOwnerAsync(services, check.Action, kept, owner.Thumbprint, call.Request.Roster, cancellationToken);
        if (standing is null && !await services.Peer.Backups.TryUseNonceAsync(call.Subject, order.Nonce, order.Due, cancellationToken))
        {
            throw PeerProblems.OrderFollowed.With("The order was followed already; give another.");
        }

        return new FollowedOrder<TContent>(call.Subject, owner, hash, content, kept, seal.Thumbprint);
    }

    private static (BackupOrder Order, Core.Digests.Sha256Digest Hash) Require(
        OrderCheck check,
        PeerOrder request,
        PublicKey owner,
        DateTimeOffset now
    )
    {
        try
        {
            return check.Require(request.Order, owner, request.Content, now);
        }
        catch (OrderException refusal)
        {
            throw (PeerProblems.OrderRefused with { Code = refusal.Code }).With(refusal.Message);
        }
    }

    // A stranger learns nothing of what is kept, and nothing is signed or noted for one.
    private static async Task RequireOwnerAsync(
        FunctionServices services,
        string action,
        KeptBackup? kept,
        KeyId owner,
        string? roster,
        CancellationToken cancellationToken
    )
    {
        if (kept is { Manifest: { } manifest })
        {
            if (!BackupManifest.Read(BackupRecord.Parse(manifest, RecordKind.BackupManifest)).Owners.Contains(owner))
            {
                throw PeerProblems.NotAnOwner.With("The backup has other owners.");
            }

            return;
        }

        if (kept is not null && kept.Announcer != owner)
        {
            throw PeerProblems.NotAnOwner.With("Somebody else has announced this backup.");
        }

        var stores = action == PeerRoutes.ActionOf(PeerRoutes.RequestShareUpload);
        if (kept is null && !stores && action != PeerRoutes.ActionOf(PeerRoutes.DeleteShare))
        {
            throw PeerProblems.BackupNotFound.With("The peer has given no receipt for this backup.");
        }

        if ((kept is null || stores) && !await PeerAdmission.AdmitsAsync(services, owner, roster, stores, cancellationToken))
        {
            throw PeerProblems.NotAMember.With("The peer keeps backups for others; ask who runs it to be admitted.");
        }
    }
}
