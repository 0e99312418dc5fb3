using System.Globalization;
using TemplateHost.Kernel;
using TemplateHost.Lambda.Model;

namespace TemplateHost.Lambda.Runtime;

/// <summary>
/// What a function finds in its environment: Lambda's own variables, its role's credentials, and the template's variables.
/// </summary>
internal static class FunctionEnvironment
{
    public static IReadOnlyDictionary<string, string> Of(HostContext host, FunctionConfiguration function, SessionCredentials session)
    {
        var environment = new Dictionary<string, string>(function.Environment)
        {
            ["AWS_REGION"] = host.Region,
            ["AWS_DEFAULT_REGION"] = host.Region,
            ["AWS_ACCESS_KEY_ID"] = session.AccessKeyId,
            ["AWS_SECRET_ACCESS_KEY"] = session.SecretAccessKey,
            ["AWS_SESSION_TOKEN"] = session.SessionToken,
            ["AWS_ENDPOINT_URL"] = host.Addresses.Aws,
            ["AWS_LAMBDA_FUNCTION_NAME"] = function.Name,
            ["AWS_LAMBDA_FUNCTION_VERSION"] = function.Version,
            ["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"] = function.MemorySize.ToString(CultureInfo.InvariantCulture),
            ["AWS_LAMBDA_LOG_GROUP_NAME"] = function.LogGroup,
            ["AWS_LAMBDA_LOG_STREAM_NAME"] = "embedded",
            ["AWS_LAMBDA_INITIALIZATION_TYPE"] = "on-demand",
            ["AWS_LAMBDA_LOG_FORMAT"] = function.LogFormat,
            ["_HANDLER"] = function.Handler,
        };
        if (function.LogLevels.TryGetValue("ApplicationLogLevel", out var level))
        {
            environment["AWS_LAMBDA_LOG_LEVEL"] = level;
        }

        foreach (var (name, value) in host.FunctionVariables)
        {
            environment[name] = value;
        }

        return environment;
    }
}
