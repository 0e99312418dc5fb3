using FairShare.Aws.Table;
using FairShare.Contracts.Parties;
using FairShare.Functions.Modules;

namespace FairShare.Functions.Parties;

/// <summary>The calls about keys, addresses and senders: who serves them, and with what rights.</summary>
internal static class PartyModule
{
    public static IReadOnlyList<ModuleRoute> Routes { get; } =
    [
        ModuleRoute.Of(
            PartyRoutes.DescribeService,
            services => new DescribeService(services),
            Right.Use(ServiceUse.DescribeIdentity),
            Right.Use(ServiceUse.KnowPage),
            Right.Items(Partitions.Store, "Query"),
            Right.Use(ServiceUse.KnowSeal),
            Right.Use(ServiceUse.KnowLogKey)
        ),
        ModuleRoute.Of(
            PartyRoutes.IssueKeyNonce,
            services => new IssueKeyNonce(services),
            Right.Items(Partitions.KeyNonce, "PutItem"),
            Right.Items(Partitions.Usage, "UpdateItem")
        ),
        ModuleRoute.Of(
            PartyRoutes.RegisterKey,
            services => new RegisterKey(services),
            Right.Items(Partitions.Party, "Query", "PutItem"),
            Right.Items(Partitions.KeyOwner, "GetItem", "PutItem"),
            Right.Items(Partitions.KeyNonce, "DeleteItem"),
            Right.Items(Partitions.Usage, "UpdateItem"),
            Right.Items(Partitions.HeldKeys, "GetItem", "UpdateItem") with
            {
                OnlyFor = ServiceOption.HeldKeys,
            },
            Right.Use(ServiceUse.CreateHeldKeys),
            Right.Use(ServiceUse.Seal)
        ),
        ModuleRoute.Of(
            PartyRoutes.RetireKey,
            services => new RetireKey(services),
            Right.Items(Partitions.Party, "GetItem", "UpdateItem", "PutItem"),
            Right.Use(ServiceUse.DeleteHeldKeys),
            Right.Use(ServiceUse.Seal)
        ),
        ModuleRoute.Of(
            PartyRoutes.SignWithHeldKey,
            services => new SignWithHeldKey(services),
            Right.Items(Partitions.Party, "GetItem"),
            Right.Items(Partitions.KeyOwner, "GetItem"),
            Right.Items(Partitions.Usage, "UpdateItem"),
            Right.Use(ServiceUse.SignWithHeldKeys)
        ),
        ModuleRoute.Of(PartyRoutes.ListPartyKeys, services => new ListPartyKeys(services), Right.Items(Partitions.Party, "Query")),
        ModuleRoute.Of(
            PartyRoutes.AllowLookup,
            services => new AllowLookup(services),
            Right.Items(Partitions.Lookup, "UpdateItem"),
            Right.Items(Partitions.Usage, "UpdateItem")
        ),
        ModuleRoute.Of(
            PartyRoutes.RefuseLookup,
            services => new RefuseLookup(services),
            Right.Items(Partitions.Lookup, "GetItem", "DeleteItem")
        ),
        ModuleRoute.Of(
            PartyRoutes.LookUpParty,
            services => new LookUpParty(services),
            Right.Items(Partitions.Lookup, "GetItem"),
            Right.Items(Partitions.Usage, "UpdateItem")
        ),
        ModuleRoute.Of(
            PartyRoutes.BindSender,
            services => new BindSender(services),
            Right.Items(Partitions.SenderNonce, "PutItem"),
            Right.Items(Partitions.Usage, "UpdateItem")
        ),
    ];
}
