using Amazon.CDK;
using Constructs;
using FairShare.Cdk.Constructs.Hosting;
using FairShare.Cdk.Constructs.Peer;
using FairShare.Functions;

namespace FairShare.Cdk;

/// <summary>What the stack of a peer is made of.</summary>
public sealed class PeerStackProps : StackProps
{
    public required DeploymentStage Stage { get; init; }

    /// <summary>The published functions; null to publish them.</summary>
    public required string? FunctionsDirectory { get; init; }
}

/// <summary>One peer of dispersed backups, in any account and region; composition only.</summary>
public sealed class PeerStack : Stack
{
    public PeerStack(Construct scope, string id, PeerStackProps props)
        : base(scope, id, props)
    {
        ArgumentNullException.ThrowIfNull(props);
        var stage = props.Stage;
        var parts = new PeerParts(
            new PeerKeys(this, "Keys", stage),
            new PeerTable(this, "Kept", stage),
            new PeerBucket(this, "Bodies", stage),
            new PeerTerms(this)
        );
        var functions = new FunctionFactory(this, new FunctionFactoryProps(stage, props.FunctionsDirectory, AccountId: null));
        var api = new PublicApi(
            this,
            "Api",
            new PublicApiProps(
                stage,
                "A peer of dispersed backups",
                HandlerCatalog.PeerRoutes,
                functions,
                parts.Terms.DescribeTo,
                parts.Grant
            )
        );
        _ = new CfnOutput(this, "ApiUrl", new CfnOutputProps { Value = api.HttpApi.ApiEndpoint });
        _ = new CfnOutput(this, "SealKeyArn", new CfnOutputProps { Value = parts.Keys.Seal.KeyArn });
        _ = new CfnOutput(this, "TableName", new CfnOutputProps { Value = parts.Table.Table.TableName });
        _ = new CfnOutput(this, "BucketName", new CfnOutputProps { Value = parts.Bucket.Bucket.BucketName });
    }
}
