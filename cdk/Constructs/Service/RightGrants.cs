using Amazon.CDK.AWS.Lambda;
using FairShare.Functions.Modules;

namespace FairShare.Cdk.Constructs.Service;

/// <summary>Grants what the modules' routes list, and no more: a test takes each right away and sees something fail.</summary>
internal static class RightGrants
{
    /// <summary>Grants a right to the function of a handler.</summary>
    public static void Grant(this ServiceParts parts, Function function, Right right)
    {
        switch (right)
        {
            case ItemRight { OnlyForHeldKeys: true } when !parts.Keys.HoldsKeys:
                break;
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
            case UseRight use:
                Grant(parts, function, use.Part);
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
            ServiceUse.KnowSeal => parts.Keys.GrantKnowSeal,
            ServiceUse.CreateHeldKeys => parts.Keys.GrantCreateHeldKeys,
            ServiceUse.SignWithHeldKeys => parts.Keys.GrantSignWithHeldKeys,
            ServiceUse.DeleteHeldKeys => parts.Keys.GrantDeleteHeldKeys,
            ServiceUse.DescribeIdentity => parts.Identity.DescribeTo,
            ServiceUse.StartExchange => parts.Workflow.GrantStart,
            ServiceUse.CompleteExchange => parts.Workflow.GrantComplete,
            ServiceUse.EndExchange => parts.Workflow.GrantEnd,
            ServiceUse.SendToParties => parts.Delivery.GrantSend,
            _ => throw new ArgumentOutOfRangeException(nameof(use), use, "Nobody grants this use."),
        };
        grant(function);
    }
}
