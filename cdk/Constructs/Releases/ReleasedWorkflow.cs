using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.StepFunctions;
using Constructs;
using FairShare.Cdk.Constructs.Hosting;

namespace FairShare.Cdk.Constructs.Releases;

/// <summary>
/// A state machine that is started by an alias: each definition is a version, which stays when the next one is there, so that the alias can
/// go back to it. Executions keep the version that they started with.
/// </summary>
public sealed class ReleasedWorkflow : Construct
{
    private const double Tenth = 10;
    private readonly CfnStateMachineAlias alias;

    public ReleasedWorkflow(Construct scope, string id, DeploymentStage stage, StateMachine machine, ReleaseAlarms alarms)
        : base(scope, id)
    {
        ArgumentNullException.ThrowIfNull(stage);
        ArgumentNullException.ThrowIfNull(machine);
        ArgumentNullException.ThrowIfNull(alarms);
        var version = new CfnStateMachineVersion(
            this,
            "Version",
            new CfnStateMachineVersionProps
            {
                StateMachineArn = machine.StateMachineArn,
                // Another revision makes another version.
                StateMachineRevisionId = machine.StateMachineRevisionId,
            }
        );
        version.ApplyRemovalPolicy(RemovalPolicy.RETAIN, new RemovalPolicyOptions { ApplyToUpdateReplacePolicy = true });
        alias = new CfnStateMachineAlias(this, "Live", new CfnStateMachineAliasProps { Name = ReleasedFunctions.Live });
        if (stage.ReleasesGradually)
        {
            alias.DeploymentPreference = new CfnStateMachineAlias.DeploymentPreferenceProperty
            {
                StateMachineVersionArn = version.AttrArn,
                Type = "LINEAR",
                Percentage = Tenth,
                Interval = 1,
                Alarms = [alarms.OfWorkflow(machine).AlarmName],
            };
        }
        else
        {
            alias.RoutingConfiguration = new[]
            {
                new CfnStateMachineAlias.RoutingConfigurationVersionProperty { StateMachineVersionArn = version.AttrArn, Weight = 100 },
            };
        }
    }

    /// <summary>What executions are started by.</summary>
    public string Arn => alias.AttrArn;

    /// <summary>Lets somebody start executions of what is in use, and of nothing else.</summary>
    public void GrantStart(IGrantable grantee) =>
        Grant.AddToPrincipal(
            new GrantOnPrincipalOptions
            {
                Grantee = grantee,
                Actions = ["states:StartExecution"],
                ResourceArns = [Arn],
            }
        );
}
