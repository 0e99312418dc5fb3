using Amazon.CDK.AWS.Lambda;
using FairShare.Functions.Modules;

namespace FairShare.Cdk.Constructs.Peer;

/// <summary>The parts that a peer's handlers are granted the use of.</summary>
public sealed record PeerParts(PeerKeys Keys, PeerTable Table, PeerBucket Bucket, PeerTerms Terms)
{
    /// <summary>Grants what a route lists, and no more.</summary>
    internal void Grant(Function function, Right right)
    {
        switch (right)
        {
            case ItemRight items:
                Table.Grant(function, items.Partitions, [.. items.Actions]);
                break;
            case ObjectRight objects:
                Bucket.Grant(function, [.. objects.Actions]);
                break;
            case BucketRight bucket:
                Bucket.GrantBucket(function, [.. bucket.Actions]);
                break;
            case UseRight use:
                Grant(function, use.Part);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(right), right, "No peer grants this kind of right.");
        }
    }

    private void Grant(Function function, ServiceUse use)
    {
        Action<Function> grant = use switch
        {
            ServiceUse.SealAsPeer => Keys.GrantSeal,
            ServiceUse.KnowPeerSeal => Keys.GrantKnowSeal,
            ServiceUse.WrapShares => Keys.GrantWrap,
            ServiceUse.UnwrapShares => Keys.GrantUnwrap,
            _ => throw new ArgumentOutOfRangeException(nameof(use), use, "No peer grants this use."),
        };
        grant(function);
    }
}
