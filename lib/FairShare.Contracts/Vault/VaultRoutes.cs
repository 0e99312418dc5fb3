using System.Text.Json.Serialization;
using FairShare.Contracts.Http;
using FairShare.Vault.Derivation;

namespace FairShare.Contracts.Vault;

/// <summary>
/// Calls about the vault. Those of an item's owner go without a token: they have the owner's secret in the header of
/// <see cref="OwnerHeader"/>. Those of openers need neither.
/// </summary>
public static class VaultRoutes
{
    /// <summary>The header with the owner's secret: 22 characters of base64url.</summary>
    public const string OwnerHeader = "Fairshare-Owner";

    private static readonly RouteParameter OwnerSecret = new(
        OwnerHeader,
        "The owner's secret: 22 characters of base64url, 128 random bits whose SHA-256 is the item's ownerTag."
    );

    private static readonly IReadOnlyList<RouteParameter> OwnerOnly = [OwnerSecret with { IsRequired = true }];

    /// <summary>Announces an item, or stores a small one. A repeat with the same members gives the same item and a fresh upload.</summary>
    public static Route<None, VaultItemRequest, VaultItemGrant> CreateVaultItem { get; } =
        new(HttpMethod.Post, "/vault/items") { Success = 201, Problems = [VaultProblems.IdTaken, VaultProblems.OverQuota] };

    /// <summary>The same without an account, where the deployment allows it.</summary>
    public static Route<None, VaultItemRequest, VaultItemGrant> CreateAnonymousVaultItem { get; } =
        new(HttpMethod.Post, "/vault/anonymous-items")
        {
            IsPublic = true,
            Success = 201,
            Problems = [VaultProblems.AccountsOnly, VaultProblems.IdTaken, VaultProblems.OverQuota],
        };

    /// <summary>Presigned uploads of at most 100 parts, by the owner; a repeat gives fresh ones.</summary>
    public static Route<VaultItemId, VaultPartsRequest, VaultPartsGrant> RequestVaultParts { get; } =
        new(HttpMethod.Post, "/vault/items/{itemId}/parts")
        {
            IsPublic = true,
            Headers = OwnerOnly,
            Problems = [VaultProblems.ItemNotFound, VaultProblems.WrongState, VaultProblems.InvalidParts],
        };

    /// <summary>Makes an uploaded item one that can be opened, by the owner. A repeat changes nothing.</summary>
    public static Route<VaultItemId, VaultCommitRequest, VaultItemView> CommitVaultItem { get; } =
        new(HttpMethod.Post, "/vault/items/{itemId}/commit")
        {
            IsPublic = true,
            Headers = OwnerOnly,
            Problems = [VaultProblems.ItemNotFound, VaultProblems.WrongState, VaultProblems.NotStored, VaultProblems.WrongDigest],
        };

    /// <summary>Opens an item, by whoever has its <c>auth</c>. A repeat with the same ticket costs no open.</summary>
    public static Route<VaultItemId, VaultOpenRequest, VaultOpenAnswer> OpenVaultItem { get; } =
        new(HttpMethod.Post, "/vault/items/{itemId}/open")
        {
            IsPublic = true,
            Headers = [OwnerSecret],
            Problems =
            [
                VaultProblems.ItemNotFound,
                VaultProblems.NotStored,
                VaultProblems.WrongPassword,
                VaultProblems.Locked,
                VaultProblems.ItemGone,
            ],
        };

    /// <summary>Gives a ticket back; the last one of an item without opens left erases it. A repeat changes nothing.</summary>
    public static Route<VaultItemId, VaultDoneRequest, VaultDoneAnswer> CloseVaultTicket { get; } =
        new(HttpMethod.Post, "/vault/items/{itemId}/done") { IsPublic = true };

    /// <summary>Where an item stands, by its owner.</summary>
    public static Route<VaultItemId, None, VaultItemView> GetVaultItem { get; } =
        new(HttpMethod.Get, "/vault/items/{itemId}")
        {
            IsPublic = true,
            Headers = OwnerOnly,
            Problems = [VaultProblems.ItemNotFound],
        };

    /// <summary>Changes an item's limits, or forgets wrong guesses, by the owner. A repeat counts its time anew.</summary>
    public static Route<VaultItemId, VaultLimitsRequest, VaultItemView> ChangeVaultLimits { get; } =
        new(HttpMethod.Post, "/vault/items/{itemId}/limits")
        {
            IsPublic = true,
            Headers = OwnerOnly,
            Problems = [VaultProblems.ItemNotFound, VaultProblems.WrongState],
        };

    /// <summary>Erases an item, by its owner. A repeat changes nothing.</summary>
    public static Route<VaultItemId, None, VaultItemView> DeleteVaultItem { get; } =
        new(HttpMethod.Delete, "/vault/items/{itemId}")
        {
            IsPublic = true,
            Headers = OwnerOnly,
            Problems = [VaultProblems.ItemNotFound],
        };

    /// <summary>Gives an item another owner's secret, by the party that stored it. A repeat changes nothing.</summary>
    public static Route<VaultItemId, VaultOwnerRequest, VaultItemView> ClaimVaultItem { get; } =
        new(HttpMethod.Post, "/vault/items/{itemId}/owner") { Problems = [VaultProblems.ItemNotFound] };

    /// <summary>A page of the items that the caller stored and that are not erased, newest first. They have no names here.</summary>
    public static Route<None, None, VaultItemPage> ListVaultItems { get; } =
        new(HttpMethod.Get, "/vault/items") { Query = [RouteParameter.Limit, RouteParameter.Cursor] };

    /// <summary>What the caller's items take up.</summary>
    public static Route<None, None, VaultQuota> GetVaultQuota { get; } = new(HttpMethod.Get, "/vault/quota");
}

/// <summary>The JSON of these calls' records.</summary>
[JsonSerializable(typeof(VaultItemRequest))]
[JsonSerializable(typeof(VaultItemGrant))]
[JsonSerializable(typeof(VaultPartsRequest))]
[JsonSerializable(typeof(VaultPartsGrant))]
[JsonSerializable(typeof(VaultCommitRequest))]
[JsonSerializable(typeof(VaultItemView))]
[JsonSerializable(typeof(VaultOpenRequest))]
[JsonSerializable(typeof(VaultOpenAnswer))]
[JsonSerializable(typeof(VaultDoneRequest))]
[JsonSerializable(typeof(VaultDoneAnswer))]
[JsonSerializable(typeof(VaultLimitsRequest))]
[JsonSerializable(typeof(VaultOwnerRequest))]
[JsonSerializable(typeof(VaultItemPage))]
[JsonSerializable(typeof(VaultQuota))]
internal sealed partial class VaultJson : JsonSerializerContext;
