using FairShare.Aws.Vault;
using FairShare.Contracts.Vault;
using FairShare.Functions.Modules;

namespace FairShare.Functions.Vault;

/// <summary>The calls about the vault: who serves them, and with what rights.</summary>
internal static class VaultModule
{
    private static readonly Right ReadItem = OnItems("GetItem");

    public static IReadOnlyList<ModuleRoute> Routes { get; } =
    [
        ModuleRoute.Of(
            VaultRoutes.CreateVaultItem,
            services => new CreateVaultItem(services),
            // The update is that of a repeat, which is given a fresh upload.
            OnItems("GetItem", "PutItem", "UpdateItem"),
            On(VaultPartitions.Party, "UpdateItem"),
            OnObjects("PutObject")
        ),
        ModuleRoute.Of(
            VaultRoutes.CreateAnonymousVaultItem,
            services => new CreateAnonymousVaultItem(services),
            Right.Use(ServiceUse.KnowAnonymousVault),
            WhereAnonymous(OnItems("GetItem", "PutItem", "UpdateItem")),
            WhereAnonymous(On(VaultPartitions.Anonymous, "UpdateItem")),
            WhereAnonymous(OnObjects("PutObject"))
        ),
        ModuleRoute.Of(
            VaultRoutes.RequestVaultParts,
            services => new RequestVaultParts(services),
            OnItems("GetItem", "UpdateItem"),
            OnObjects("PutObject", "ListMultipartUploadParts")
        ),
        ModuleRoute.Of(
            VaultRoutes.CommitVaultItem,
            services => new CommitVaultItem(services),
            OnItems("GetItem", "UpdateItem"),
            // What the object needs less than was announced is given back.
            On(VaultPartitions.Party, "UpdateItem"),
            // The second is for the sizes of its parts.
            OnObjects("GetObject", "GetObjectAttributes"),
            // Without it S3 answers 403, not 404, to what was never uploaded.
            Right.Bucket("ListBucket") with
            {
                Store = DataStore.Vault,
            }
        ),
        ModuleRoute.Of(
            VaultRoutes.OpenVaultItem,
            services => new OpenVaultItem(services),
            OnItems("GetItem", "UpdateItem", "PutItem"),
            OnObjects("GetObject")
        ),
        ModuleRoute.Of(VaultRoutes.CloseVaultTicket, services => new CloseVaultTicket(services), OnItems("DeleteItem")),
        ModuleRoute.Of(VaultRoutes.GetVaultItem, services => new GetVaultItem(services), ReadItem),
        ModuleRoute.Of(VaultRoutes.ChangeVaultLimits, services => new ChangeVaultLimits(services), OnItems("GetItem", "UpdateItem")),
        ModuleRoute.Of(
            VaultRoutes.DeleteVaultItem,
            services => new DeleteVaultItem(services),
            OnItems("GetItem", "UpdateItem", "DeleteItem"),
            On(VaultPartitions.Party, "UpdateItem")
        ),
        ModuleRoute.Of(VaultRoutes.ClaimVaultItem, services => new ClaimVaultItem(services), OnItems("UpdateItem")),
        ModuleRoute.Of(
            VaultRoutes.ListVaultItems,
            services => new ListVaultItems(services),
            OnItems("BatchGetItem"),
            Right.Index(VaultIndexes.ItemsByParty.Name) with
            {
                Store = DataStore.Vault,
            }
        ),
        ModuleRoute.Of(VaultRoutes.GetVaultQuota, services => new GetVaultQuota(services), On(VaultPartitions.Party, "GetItem")),
    ];

    private static Right OnItems(params string[] actions) => On(VaultPartitions.Item, actions);

    private static Right On(string partition, params string[] actions) => Right.Items(partition, actions) with { Store = DataStore.Vault };

    private static Right OnObjects(params string[] actions) => Right.Objects(actions) with { Store = DataStore.Vault };

    private static Right WhereAnonymous(Right right) => right with { OnlyFor = ServiceOption.AnonymousVault };
}
