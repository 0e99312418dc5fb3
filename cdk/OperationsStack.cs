using Amazon.CDK;
using Constructs;
using FairShare.Cdk.Constructs.Hosting;
using FairShare.Cdk.Constructs.Operations;

namespace FairShare.Cdk;

/// <summary>What the stack is made of.</summary>
public sealed class OperationsStackProps : StackProps
{
    public required DeploymentStage Stage { get; init; }

    /// <summary>The published functions; null to publish them.</summary>
    public required string? FunctionsDirectory { get; init; }

    /// <summary>What the stage may cost; null for no budget.</summary>
    public MonthlyLimit? Limit { get; init; }
}

/// <summary>
/// What watches a service in the same account and region: auditor, canary, alarms and dashboard; composition only.
/// </summary>
public sealed class OperationsStack : Stack
{
    public OperationsStack(Construct scope, string id, OperationsStackProps props)
        : base(scope, id, props)
    {
        ArgumentNullException.ThrowIfNull(props);
        var parameters = new OperationsParameters(this);
        var functions = new FunctionFactory(
            this,
            new FunctionFactoryProps(props.Stage, props.FunctionsDirectory, Amazon.CDK.Aws.ACCOUNT_ID)
        );
        var auditor = new Auditor(this, "Auditor", new AuditorProps(props.Stage, functions, parameters));
        var canary = new Canary(this, "Canary", props.Stage, functions, parameters);
        var board = new AlarmBoard(this, "Alarms", props.Stage, parameters.AlarmTopic);
        AuditAlarms.AddTo(board);
        ServiceAlarms.AddTo(board, parameters);
        CanaryAlarms.AddTo(board);
        _ = new ServiceDashboard(this, "Dashboard", props.Stage, board, parameters);
        if (props.Limit is { } limit)
        {
            _ = new MonthlyBudget(this, "Costs", props.Stage, limit);
        }

        _ = new CfnOutput(this, "ReportBucketName", new CfnOutputProps { Value = auditor.Reports.BucketName });
        _ = new CfnOutput(this, "AuditorName", new CfnOutputProps { Value = auditor.Function.FunctionName });
        _ = new CfnOutput(this, "CanaryName", new CfnOutputProps { Value = canary.Function.FunctionName });
        _ = new CfnOutput(this, "CanaryBucketName", new CfnOutputProps { Value = canary.Parties.BucketName });
    }
}
