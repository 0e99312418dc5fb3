using Amazon.CDK.AWS.DynamoDB;
using Constructs;
using FairShare.Cdk.Constructs.Hosting;
using FairShare.Cdk.Constructs.Tables;

namespace FairShare.Cdk.Constructs.Peer;

/// <summary>
/// The table of what a peer keeps. Shares of an epoch that is over must be gone: nobody can go back to a point in time, and there is no
/// stream.
/// </summary>
public sealed class PeerTable(Construct scope, string id, DeploymentStage stage)
    : TimedTable(scope, id, WithoutReturn(stage), "FAIRSHARE_PEER_TABLE")
{
    private static TableProps WithoutReturn(DeploymentStage stage)
    {
        var props = PropsOf(stage);
        props.PointInTimeRecovery = false;
        return props;
    }
}
