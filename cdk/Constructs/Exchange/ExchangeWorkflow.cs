using Amazon.CDK;
using Amazon.CDK.AWS.Lambda;
using Amazon.CDK.AWS.Logs;
using Amazon.CDK.AWS.StepFunctions;
using Constructs;
using FairShare.Cdk.Constructs.Evidence;
using FairShare.Cdk.Constructs.Hosting;
using FairShare.Cdk.Constructs.Parties;
using FairShare.Cdk.Constructs.Releases;
using Partitions = FairShare.Aws.Table.Partitions;

namespace FairShare.Cdk.Constructs.Exchange;

public sealed record ExchangeWorkflowProps(
    DeploymentStage Stage,
    string Definition,
    EvidenceTable Evidence,
    SigningKeys Keys,
    Delivery Delivery,
    FunctionFactory Functions,
    ReleasedFunctions Releases
);

/// <summary>The state machine that owns every exchange's one ending.</summary>
public sealed class ExchangeWorkflow : Construct
{
    public ExchangeWorkflow(Construct scope, string id, ExchangeWorkflowProps props)
        : base(scope, id)
    {
        ArgumentNullException.ThrowIfNull(props);
        var sealEnding = props.Functions.Create("SealEnding");
        props.Evidence.Grant(sealEnding, Partitions.Exchange, "Query");
        props.Evidence.Grant(sealEnding, Partitions.Document, "GetItem");
        props.Evidence.Grant(sealEnding, Partitions.Deposit, "GetItem");
        props.Keys.GrantSeal(sealEnding);
        var live = props.Releases.Release("SealEnding", sealEnding);
        StateMachine = new StateMachine(
            this,
            "StateMachine",
            new StateMachineProps
            {
                StateMachineType = StateMachineType.STANDARD,
                // Inline, so that the template is the whole truth and the embedded host runs the same text.
                DefinitionBody = DefinitionBody.FromString(props.Definition),
                DefinitionSubstitutions = new Dictionary<string, string>
                {
                    ["EvidenceTableName"] = props.Evidence.Table.TableName,
                    ["EventBusName"] = props.Delivery.Bus.EventBusName,
                    ["SealEndingArn"] = live.FunctionArn,
                },
                RemovalPolicy = RemovalPolicy.DESTROY,
                TracingEnabled = props.Stage.IsTraced,
                // Errors only, and without the data: that holds evidence, and its place is the table.
                Logs = new LogOptions
                {
                    Destination = new LogGroup(
                        this,
                        "Logs",
                        new LogGroupProps { Retention = props.Stage.LogDays, RemovalPolicy = RemovalPolicy.DESTROY }
                    ),
                    Level = LogLevel.ERROR,
                    IncludeExecutionData = false,
                },
            }
        );
        props.Evidence.GrantTo(StateMachine, [Partitions.Exchange], "PutItem");
        props.Evidence.GrantTo(StateMachine, [Partitions.Document], "UpdateItem");
        props.Delivery.GrantSendTo(StateMachine);
        FunctionFactory.AllowInvoke(StateMachine, live);
        Release = new ReleasedWorkflow(this, "Release", props.Stage, StateMachine, props.Releases.Alarms);
    }

    public StateMachine StateMachine { get; }

    /// <summary>The versions of the state machine, and which of them is in use.</summary>
    public ReleasedWorkflow Release { get; }

    /// <summary>Lets a function start exchanges.</summary>
    public void GrantStart(Function function)
    {
        ArgumentNullException.ThrowIfNull(function);
        function.AddEnvironment("FAIRSHARE_EXCHANGE_STATE_MACHINE", Release.Arn);
        Release.GrantStart(function);
    }

    /// <summary>Lets a function complete an exchange's wait with a receipt.</summary>
    public void GrantComplete(Function function) => StateMachine.Grant(function, "states:SendTaskSuccess");

    /// <summary>Lets a function end an exchange's wait with a refusal or an abort.</summary>
    public void GrantEnd(Function function) => StateMachine.Grant(function, "states:SendTaskFailure");
}
