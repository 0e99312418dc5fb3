using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.Lambda;
using Amazon.CDK.AWS.Logs;
using Amazon.CDK.AWS.StepFunctions;
using Constructs;
using FairShare.Cdk.Constructs.Hosting;

namespace FairShare.Cdk.Constructs.Standing;

/// <param name="Stage">The deployment's stage.</param>
/// <param name="Definition">The text of <c>statemachines/standing.asl.json</c>.</param>
/// <param name="Planner">The function that says what is next.</param>
/// <param name="Carrier">The function that carries an order to a peer.</param>
public sealed record StandingWorkflowProps(DeploymentStage Stage, string Definition, Function Planner, Function Carrier);

/// <summary>The state machine that carries an owner's orders to the peers of a backup, one execution a round.</summary>
public sealed class StandingWorkflow : Construct
{
    public StandingWorkflow(Construct scope, string id, StandingWorkflowProps props)
        : base(scope, id)
    {
        ArgumentNullException.ThrowIfNull(props);
        StateMachine = new StateMachine(
            this,
            "StateMachine",
            new StateMachineProps
            {
                StateMachineType = StateMachineType.STANDARD,
                DefinitionBody = DefinitionBody.FromString(props.Definition),
                DefinitionSubstitutions = new Dictionary<string, string>
                {
                    ["PlanStandingStepArn"] = props.Planner.FunctionArn,
                    ["CarryStandingOrderArn"] = props.Carrier.FunctionArn,
                },
                RemovalPolicy = RemovalPolicy.DESTROY,
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
        FunctionFactory.AllowInvoke(StateMachine, props.Planner);
        FunctionFactory.AllowInvoke(StateMachine, props.Carrier);
        // A policy of its own: the function stands before the machine that names it, and its usual policy before the function.
        _ = new Policy(this, "StartsNextRound", new PolicyProps { Statements = [Start()], Roles = [props.Planner.Role!] });
    }

    public StateMachine StateMachine { get; }

    /// <summary>Lets a function start the first round of work.</summary>
    public void GrantStart(Function function)
    {
        ArgumentNullException.ThrowIfNull(function);
        function.AddEnvironment("FAIRSHARE_STANDING_MACHINE", StateMachine.StateMachineArn);
        function.AddToRolePolicy(Start());
    }

    private PolicyStatement Start() =>
        new(new PolicyStatementProps { Actions = ["states:StartExecution"], Resources = [StateMachine.StateMachineArn] });
}
