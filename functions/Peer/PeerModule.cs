using FairShare.Aws.Backup;
using FairShare.Contracts.Backup;
using FairShare.Functions.Modules;

namespace FairShare.Functions.Peer;

/// <summary>The calls to a peer of dispersed backups: who serves them, and with what rights. They are a stack of their own.</summary>
internal static class PeerModule
{
    private static readonly Right Seal = Right.Use(ServiceUse.SealAsPeer);
    private static readonly Right Unwrap = Right.Use(ServiceUse.UnwrapShares);
    private static readonly Right Wrap = Right.Use(ServiceUse.WrapShares);

    // An order is read, its nonce is put.
    private static readonly Right ReadOrder = OnBackups("GetItem", "PutItem");
    private static readonly Right ReadStandingOrder = OnBackups("GetItem");
    private static readonly Right Erase = OnObjects("DeleteObject", "AbortMultipartUpload");

    // Without it, S3 answers 403, not 404, to what is not there.
    private static readonly Right MissObjects = Right.Bucket("ListBucket") with { Store = DataStore.Peer };

    // What S3 knows of an object, and of its parts.
    private static readonly IReadOnlyList<Right> KnowObjects = [OnObjects("GetObject", "GetObjectAttributes"), MissObjects];

    public static IReadOnlyList<ModuleRoute> Routes { get; } =
    [
        ModuleRoute.Of(
            PeerRoutes.DescribePeer,
            services => new DescribePeer(services),
            Right.Use(ServiceUse.KnowPeerSeal),
            Wrap,
            Unwrap,
            OnPeer("GetItem", "PutItem")
        ),
        ModuleRoute.Of(PeerRoutes.TakeRoster, services => new TakeRoster(services), OnPeer("GetItem", "PutItem")),
        ModuleRoute.Of(
            PeerRoutes.RequestShareUpload,
            services => new RequestShareUpload(services),
            Right.Use(ServiceUse.KnowPeerSeal),
            ReadOrder,
            OnPeer("GetItem", "PutItem", "UpdateItem"),
            OnObjects("PutObject", "ListMultipartUploadParts"),
            Erase
        ),
        ModuleRoute.Of(
            PeerRoutes.ConfirmShare,
            services => new ConfirmShare(services),
            [Seal, ReadOrder, OnPeer("GetItem", "UpdateItem"), .. KnowObjects, OnObjects("DeleteObject"), Wrap, Unwrap]
        ),
        ModuleRoute.Of(
            PeerRoutes.PatchShare,
            services => new PatchShare(services),
            [Seal, ReadOrder, OnPeer("UpdateItem"), .. KnowObjects, OnObjects("PutObject", "ListMultipartUploadParts"), Erase]
        ),
        ModuleRoute.Of(PeerRoutes.ReleaseShare, services => new ReleaseShare(services), Seal, ReadOrder, Unwrap, OnObjects("GetObject")),
        ModuleRoute.Of(
            PeerRoutes.ProveShare,
            services => new ProveShare(services),
            Seal,
            ReadStandingOrder,
            OnObjects("GetObject"),
            MissObjects
        ),
        ModuleRoute.Of(
            PeerRoutes.DeleteShare,
            services => new DeleteShare(services),
            Seal,
            ReadOrder,
            OnPeer("GetItem", "UpdateItem"),
            Erase
        ),
        ModuleRoute.Of(
            PeerRoutes.TakeManifest,
            services => new TakeManifest(services),
            [Right.Use(ServiceUse.KnowPeerSeal), ReadOrder, .. KnowObjects]
        ),
        ModuleRoute.Of(PeerRoutes.OfferKey, services => new OfferKey(services), Seal, ReadOrder, Wrap),
        ModuleRoute.Of(PeerRoutes.DealRefresh, services => new DealRefresh(services), Seal, ReadOrder, Wrap, Unwrap),
        ModuleRoute.Of(PeerRoutes.JudgeDeals, services => new JudgeDeals(services), Seal, ReadOrder, Unwrap),
        ModuleRoute.Of(PeerRoutes.OpenDeals, services => new OpenDeals(services), Seal, ReadOrder, Unwrap),
        ModuleRoute.Of(PeerRoutes.PrepareRefresh, services => new PrepareRefresh(services), Seal, ReadOrder, Wrap, Unwrap),
        ModuleRoute.Of(PeerRoutes.ApplyRefresh, services => new ApplyRefresh(services), Seal, ReadOrder, Wrap, Unwrap),
        ModuleRoute.Of(PeerRoutes.AbortRefresh, services => new AbortRefresh(services), Seal, ReadOrder, Wrap, Unwrap),
        ModuleRoute.Of(PeerRoutes.HelpPeer, services => new HelpPeer(services), Seal, ReadOrder, Unwrap),
    ];

    private static Right OnBackups(params string[] actions) => Right.Items(PeerPartitions.Backup, actions) with { Store = DataStore.Peer };

    private static Right OnPeer(params string[] actions) => Right.Items(PeerPartitions.Peer, actions) with { Store = DataStore.Peer };

    private static Right OnObjects(params string[] actions) => Right.Objects(actions) with { Store = DataStore.Peer };
}
