using Amazon.CDK;
using Amazon.CDK.AWS.Lambda;
using Constructs;
using FairShare.Cdk.Constructs.Hosting;
using FairShare.Cdk.Constructs.Standing;
using FairShare.Functions;
using FairShare.Functions.Modules;

namespace FairShare.Cdk;

/// <summary>What the stack of a coordinator is made of.</summary>
public sealed class CoordinatorStackProps : StackProps
{
    public required DeploymentStage Stage { get; init; }

    /// <summary>The published functions; null to publish them.</summary>
    public required string? FunctionsDirectory { get; init; }

    /// <summary>The text of <c>statemachines/standing.asl.json</c>.</summary>
    public required string Definition { get; init; }
}

/// <summary>A coordinator of standing work, which has no key: API, table and workflow; composition only.</summary>
public sealed class CoordinatorStack : Stack
{
    private readonly StandingTable table;

    public CoordinatorStack(Construct scope, string id, CoordinatorStackProps props)
        : base(scope, id, props)
    {
        ArgumentNullException.ThrowIfNull(props);
        table = new StandingTable(this, "Work", props.Stage);
        var owners = new CfnParameter(
            this,
            "Owners",
            new CfnParameterProps
            {
                Type = "String",
                Description = "Whose orders are carried: key ids, separated by commas; * for anybody's.",
                Default = "",
            }
        );
        var functions = new FunctionFactory(this, new FunctionFactoryProps(props.Stage, props.FunctionsDirectory, AccountId: null));
        var (planner, carrier) = (Worker(functions, "PlanStandingStep"), Worker(functions, "CarryStandingOrder"));
        CallPublicAddressesOnly(carrier);
        var workflow = new StandingWorkflow(this, "Rounds", new StandingWorkflowProps(props.Stage, props.Definition, planner, carrier));
        var api = new PublicApi(
            this,
            "Api",
            new PublicApiProps(
                props.Stage,
                "A coordinator of standing work on dispersed backups",
                HandlerCatalog.StandingRoutes,
                functions,
                function =>
                {
                    function.AddEnvironment("FAIRSHARE_STANDING_OWNERS", owners.ValueAsString);
                    CallPublicAddressesOnly(function);
                },
                (function, right) => Grant(function, right, workflow)
            )
        );
        _ = new CfnOutput(this, "ApiUrl", new CfnOutputProps { Value = api.HttpApi.ApiEndpoint });
        _ = new CfnOutput(this, "TableName", new CfnOutputProps { Value = table.Table.TableName });
        _ = new CfnOutput(this, "StateMachineArn", new CfnOutputProps { Value = workflow.StateMachine.StateMachineArn });
    }

    // The host on one's own machine sets it on.
    private static void CallPublicAddressesOnly(Function function) => function.AddEnvironment("FAIRSHARE_STANDING_LOOPBACK", "off");

    private Function Worker(FunctionFactory functions, string handler)
    {
        var function = functions.Create(handler, Duration.Seconds(50));
        foreach (var right in HandlerCatalog.StandingWorkers[handler])
        {
            Grant(function, right, workflow: null);
        }

        return function;
    }

    // The workflow grants its own functions what they may do with it.
    private void Grant(Function function, Right right, StandingWorkflow? workflow)
    {
        switch (right)
        {
            case ItemRight items:
                table.Grant(function, items.Partitions, [.. items.Actions]);
                break;
            case UseRight { Part: ServiceUse.StartStandingRound }:
                workflow?.GrantStart(function);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(right), right, "No coordinator grants this right.");
        }
    }
}
