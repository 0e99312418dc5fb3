using Amazon.CDK;
using Amazon.CDK.AWS.Events;
using Amazon.CDK.AWS.Events.Targets;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.Lambda;
using Amazon.CDK.AWS.S3;
using Constructs;
using FairShare.Cdk.Constructs.Hosting;

namespace FairShare.Cdk.Constructs.Operations;

/// <summary>
/// The function that runs an exchange every quarter of an hour, as two parties from outside would, and the bucket in which the operator
/// puts these parties. It has no rights to anything of the service: what it does it does by the API. Whom it believes it is told, as the
/// auditor is.
/// </summary>
public sealed class Canary : Construct
{
    private const int MemoryMegabytes = 512;

    public Canary(Construct scope, string id, DeploymentStage stage, FunctionFactory functions, OperationsParameters parameters)
        : base(scope, id)
    {
        ArgumentNullException.ThrowIfNull(stage);
        ArgumentNullException.ThrowIfNull(functions);
        ArgumentNullException.ThrowIfNull(parameters);
        Parties = new Bucket(this, "Parties", PrivateBucket.Of(stage, isVersioned: false));
        Function = functions.Create("RunCanary", Duration.Minutes(5));
        ((CfnFunction)Function.Node.DefaultChild!).MemorySize = MemoryMegabytes;
        Function.AddEnvironment("FAIRSHARE_CANARY_API", parameters.ApiUrl);
        Function.AddEnvironment("FAIRSHARE_CANARY_BUCKET", Parties.BucketName);
        Function.AddEnvironment("FAIRSHARE_CANARY_STORE_KEYS", parameters.StoreKeys);
        Allow(["s3:GetObject", "s3:PutObject"], Parties.ArnForObjects("parties.json"));
        // Without it S3 answers 403, not 404, before the operator has put them there.
        Allow(["s3:ListBucket"], Parties.BucketArn);
        _ = new Rule(this, "Schedule", new RuleProps { Schedule = Schedule.Rate(Period), Targets = [new LambdaFunction(Function)] });
    }

    /// <summary>How often it runs.</summary>
    public static Duration Period => Duration.Minutes(15);

    public Bucket Parties { get; }

    public Function Function { get; }

    private void Allow(string[] actions, string resource) =>
        Function.AddToRolePolicy(new PolicyStatement(new PolicyStatementProps { Actions = actions, Resources = [resource] }));
}
