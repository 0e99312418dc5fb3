using System.Text.RegularExpressions;
using TemplateHost.Deployment;
using TemplateHost.Deployment.Stacks;
using TemplateHost.Gateway;
using TemplateHost.Kernel;

namespace TemplateHost.CloudFormation.Operations;

/// <summary>Finds the stack that a call names, and asks whether the caller may.</summary>
internal sealed partial class StackAccess(HostContext context, StackDeployer deployer)
{
    private static readonly Dictionary<string, string> ActionPrefixes = new()
    {
        ["StepFunctions"] = "states",
        ["ApiGatewayV2"] = "apigateway",
        ["Cognito"] = "cognito-idp",
    };

    /// <exception cref="AwsException">The caller may not, or there is no such stack: <paramref name="missing"/> says it in the operation's
    /// words.</exception>
    public StackRecord Find(QueryCall call, Func<string, string>? missing = null)
    {
        var name = call.Required("StackName");
        return TryFind(call, name)
            ?? throw new AwsException("ValidationError", (missing ?? (given => $"Stack [{given}] does not exist"))(name));
    }

    public StackRecord? TryFind(QueryCall call, string name)
    {
        var stack = deployer.Stacks.Find(name);
        Demand(call, stack?.Id ?? ArnOf(name));
        return stack;
    }

    public void Demand(QueryCall call, string resource) => context.Authorizer.Demand(call.Caller, call.Right, resource);

    /// <summary>
    /// A stack is made with its caller's own rights: whoever is not the account itself needs all rights over each service that it touches.
    /// </summary>
    public void DemandRights(QueryCall call, IEnumerable<string> resourceTypes)
    {
        try
        {
            foreach (
                var service in resourceTypes
                    .Select(type => type.Split("::").ElementAtOrDefault(1) ?? type)
                    .Where(service => service != "CDK")
                    .Distinct()
            )
            {
                context.Authorizer.Demand(call.Caller, $"{ActionPrefixes.GetValueOrDefault(service, service.ToLowerInvariant())}:*", "*");
            }
        }
        catch (AwsException refusal)
        {
            // The other service refuses in its code, CloudFormation in its own.
            throw new AwsException("AccessDenied", refusal.Message, 403);
        }
    }

    /// <exception cref="AwsException">Not a name that a stack can have.</exception>
    public static string NameOf(QueryCall call)
    {
        var name = call.Required("StackName");
        return NamePattern().IsMatch(name)
            ? name
            : throw new AwsException(
                "ValidationError",
                $"1 validation error detected: Value '{name}' at 'stackName' failed to satisfy constraint: Member must satisfy "
                    + "regular expression pattern: [a-zA-Z][-a-zA-Z0-9]*"
            );
    }

    public string ArnOf(string name) => context.Arn("cloudformation", $"stack/{name}/*");

    /// <summary>Template errors are CloudFormation's ValidationError.</summary>
    public static async Task<T> RefusingAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (DeploymentException fault)
        {
            throw new AwsException("ValidationError", fault.Message);
        }
    }

    [GeneratedRegex("^[a-zA-Z][-a-zA-Z0-9]{0,127}$")]
    private static partial Regex NamePattern();
}
