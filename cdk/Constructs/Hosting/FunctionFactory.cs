using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.Lambda;
using Amazon.CDK.AWS.Logs;
using Constructs;

namespace FairShare.Cdk.Constructs.Hosting;

/// <param name="Stage">The deployment's stage.</param>
/// <param name="CodeDirectory">The published functions; null to publish them.</param>
/// <param name="AccountId">The account, part of the store's distinguishing identifier; null where there is no store.</param>
public sealed record FunctionFactoryProps(DeploymentStage Stage, string? CodeDirectory, string? AccountId);

/// <summary>
/// Makes the handlers: one executable, one function per handler, each with a role of its own that starts with no rights but to log.
/// </summary>
public sealed class FunctionFactory(Construct scope, FunctionFactoryProps props)
{
    private readonly Code code = PublishedCode.From(props.CodeDirectory);

    /// <summary>Lets a role invoke a function as it stands.</summary>
    public static void AllowInvoke(IGrantable grantee, IFunction function)
    {
        ArgumentNullException.ThrowIfNull(function);
        // GrantInvoke would add every version of the function.
        Grant.AddToPrincipal(
            new GrantOnPrincipalOptions
            {
                Grantee = grantee,
                Actions = ["lambda:InvokeFunction"],
                ResourceArns = [function.FunctionArn],
            }
        );
    }

    /// <summary>Makes the function that runs a handler.</summary>
    /// <param name="handler">The handler's class name; also the function's construct id.</param>
    /// <param name="timeout">How long one invocation may take; by default 29 seconds, what API Gateway waits.</param>
    public Function Create(string handler, Duration? timeout = null)
    {
        var logs = new LogGroup(
            scope,
            handler + "Logs",
            new LogGroupProps { Retention = props.Stage.LogDays, RemovalPolicy = RemovalPolicy.DESTROY }
        );
        var role = new Role(scope, handler + "Role", new RoleProps { AssumedBy = new ServicePrincipal("lambda.amazonaws.com") });
        logs.GrantWrite(role);
        return new Function(
            scope,
            handler,
            new FunctionProps
            {
                Runtime = Runtime.PROVIDED_AL2023,
                Architecture = Architecture.X86_64,
                Handler = handler,
                Code = code,
                Role = role,
                LogGroup = logs,
                MemorySize = 256,
                Timeout = timeout ?? Duration.Seconds(29),
                // Without START, END and REPORT lines, logging costs nothing while all goes well.
                LoggingFormat = LoggingFormat.JSON,
                SystemLogLevelV2 = SystemLogLevel.WARN,
                Tracing = props.Stage.IsTraced ? Tracing.ACTIVE : Tracing.DISABLED,
                Environment = Variables(),
                // Of a function that has versions: what a release replaced can be gone back to.
                CurrentVersionOptions = new VersionOptions { RemovalPolicy = RemovalPolicy.RETAIN },
            }
        );
    }

    private Dictionary<string, string> Variables()
    {
        var variables = new Dictionary<string, string> { ["FAIRSHARE_STAGE"] = props.Stage.Name };
        if (props.AccountId is { } account)
        {
            variables["FAIRSHARE_TTP"] = $"urn:fairshare:tds:{account}:{props.Stage.Name}";
        }

        return variables;
    }
}
