using Amazon.CDK.AWS.Lambda;
using FairShare.Functions.Modules;

namespace FairShare.Cdk.Constructs.Service;

/// <summary>Grants what the modules' routes list, and no more: a test takes each right away and sees something fail.</summary>
internal static class RightGrants
{
    /// <summary>Grants a right to the function of a handler.</summary>
    public static void Grant(this ServiceParts parts, Function function, Right right)
    {
        if (!Offers(parts, right.OnlyFor))
        {
            return;
        }

        switch (right)
        {
            case UseRight use:
                Grant(parts, function, use.Part);
                break;
            case { Store: DataStore.Vault }:
                GrantOnVault(parts, function, right);
                break;
            case { Store: DataStore.Webhooks }:
                GrantOnWebhooks(parts, function, right);
                break;
            case { Store: DataStore.Log }:
                GrantOnLog(parts, function, right);
                break;
            default:
                GrantOnExchange(parts, function, right);
                break;
        }
    }

    private static bool Offers(ServiceParts parts, ServiceOption? option) =>
        option switch
        {
            null => true,
            ServiceOption.HeldKeys => parts.Keys.HoldsKeys,
            ServiceOption.AnonymousVault => parts.Vault.TakesAnonymous,
            _ => throw new ArgumentOutOfRangeException(nameof(option), option, "Nobody knows who offers this."),
        };

    private static void GrantOnExchange(ServiceParts parts, Function function, Right right)
    {
        switch (right)
        {
            case ItemRight items:
                parts.Evidence.Grant(function, items.Partitions, [.. items.Actions]);
                break;
            case IndexRight index:
                parts.Evidence.GrantQuery(function, index.Name);
                break;
            case ObjectRight objects:
                parts.Documents.Grant(function, [.. objects.Actions]);
                break;
            case BucketRight bucket:
                parts.Documents.GrantBucket(function, [.. bucket.Actions]);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(right), right, "Nobody grants this kind of right.");
        }
    }

    private static void GrantOnLog(ServiceParts parts, Function function, Right right)
    {
        switch (right)
        {
            case ObjectRight objects:
                parts.Log.Objects.GrantPublished(function, [.. objects.Actions]);
                break;
            case BucketRight bucket:
                parts.Log.Objects.GrantBucket(function, [.. bucket.Actions]);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(right), right, "Nobody grants this kind of right.");
        }
    }

    private static void GrantOnWebhooks(ServiceParts parts, Function function, Right right)
    {
        switch (right)
        {
            case ItemRight items:
                parts.Webhooks.Table.Grant(function, items.Partitions, [.. items.Actions]);
                break;
            case IndexRight index:
                parts.Webhooks.Table.GrantQuery(function, index.Name);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(right), right, "Nobody grants this kind of right.");
        }
    }

    private static void GrantOnVault(ServiceParts parts, Function function, Right right)
    {
        switch (right)
        {
            case ItemRight items:
                parts.Vault.Table.Grant(function, items.Partitions, [.. items.Actions]);
                break;
            case IndexRight index:
                parts.Vault.Table.GrantQuery(function, index.Name);
                break;
            case ObjectRight objects:
                parts.Vault.Objects.Grant(function, [.. objects.Actions]);
                break;
            case BucketRight bucket:
                parts.Vault.Objects.GrantBucket(function, [.. bucket.Actions]);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(right), right, "Nobody grants this kind of right.");
        }
    }

    private static void Grant(ServiceParts parts, Function function, ServiceUse use)
    {
        Action<Function> grant = use switch
        {
            ServiceUse.Seal => parts.Keys.GrantSeal,
            ServiceUse.Stamp => parts.Timestamps.GrantStamp,
            ServiceUse.KnowSeal => parts.Keys.GrantKnowSeal,
            ServiceUse.KnowLogKey => parts.Log.GrantKnowKey,
            ServiceUse.CreateHeldKeys => parts.Keys.GrantCreateHeldKeys,
            ServiceUse.SignWithHeldKeys => parts.Keys.GrantSignWithHeldKeys,
            ServiceUse.DeleteHeldKeys => parts.Keys.GrantDeleteHeldKeys,
            ServiceUse.DescribeIdentity => parts.Identity.DescribeTo,
            ServiceUse.StartExchange => parts.Workflow.GrantStart,
            ServiceUse.CompleteExchange => parts.Workflow.GrantComplete,
            ServiceUse.EndExchange => parts.Workflow.GrantEnd,
            ServiceUse.SendToParties => parts.Delivery.GrantSend,
            ServiceUse.DeriveWebhookSecrets => parts.Webhooks.GrantDerive,
            ServiceUse.OrderDeliveries => parts.Webhooks.GrantOrder,
            ServiceUse.KnowNotices => parts.Webhooks.DescribeNotices,
            ServiceUse.KnowAnonymousVault => parts.Vault.DescribeTo,
            _ => throw new ArgumentOutOfRangeException(nameof(use), use, "Nobody grants this use."),
        };
        grant(function);
    }
}
