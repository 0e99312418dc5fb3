using Amazon.CDK.AWS.CloudWatch;
using Amazon.CDK.AWS.CodeDeploy;
using Amazon.CDK.AWS.Lambda;
using Constructs;
using FairShare.Cdk.Constructs.Hosting;

namespace FairShare.Cdk.Constructs.Releases;

/// <summary>
/// The functions that exchanges depend on, each called by an alias: it moves to another version when that is there, in prod step by step,
/// and back where the version fails.
/// </summary>
public sealed class ReleasedFunctions : Construct
{
    /// <summary>The alias of what is in use.</summary>
    public const string Live = "live";

    // A step of the workflow fails as a call of Lambda: it has nobody to answer 500 to.
    private const string Step = "SealEnding";

    private readonly DeploymentStage stage;
    private readonly ReleaseAlarms alarms;
    private LambdaApplication? application;

    public ReleasedFunctions(Construct scope, string id, DeploymentStage stage)
        : base(scope, id)
    {
        ArgumentNullException.ThrowIfNull(stage);
        this.stage = stage;
        alarms = new ReleaseAlarms(this, "Alarms");
    }

    /// <summary>The handlers whose functions are released so.</summary>
    public static IReadOnlyList<string> Handlers { get; } = ["SubmitOrigin", "RequestDownload", "SubmitReceipt", Step];

    /// <summary>What is to be invoked in the place of a function: its alias, or where it has none the function.</summary>
    public IFunction Release(string handler, Function function)
    {
        ArgumentNullException.ThrowIfNull(function);
        if (!Handlers.Contains(handler))
        {
            return function;
        }

        var alias = new Alias(this, handler, new AliasProps { AliasName = Live, Version = function.CurrentVersion });
        if (stage.ReleasesGradually)
        {
            application ??= new LambdaApplication(this, "Application");
            _ = new LambdaDeploymentGroup(
                this,
                handler + "Deployment",
                new LambdaDeploymentGroupProps
                {
                    Application = application,
                    Alias = alias,
                    DeploymentConfig = LambdaDeploymentConfig.LINEAR_10PERCENT_EVERY_1MINUTE,
                    Alarms = AlarmsOf(handler, function, alias),
                }
            );
        }

        return alias;
    }

    private Alarm[] AlarmsOf(string handler, Function function, Alias alias) =>
        handler == Step
            ? [alarms.OfFunction(handler, alias)]
            : [alarms.OfFunction(handler, alias), alarms.OfInternalErrors(handler, function)];

    /// <summary>The alarms that take releases back.</summary>
    public ReleaseAlarms Alarms => alarms;
}
