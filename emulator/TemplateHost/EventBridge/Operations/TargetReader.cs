using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using TemplateHost.EventBridge.Model;
using TemplateHost.Kernel;

namespace TemplateHost.EventBridge.Operations;

/// <summary>Reads a target as the API and the template write it.</summary>
internal static partial class TargetReader
{
    private static readonly string[] Services = ["sqs", "lambda"];

    private static readonly string[] Served =
    [
        "Id",
        "Arn",
        "InputPath",
        "Input",
        "InputTransformer",
        "SqsParameters",
        "RetryPolicy",
        "DeadLetterConfig",
    ];

    /// <exception cref="AwsException">
    /// ValidationException: the target is no queue and no function, or has a member that is not served.
    /// </exception>
    public static RuleTarget Read(JsonObject target)
    {
        if (target.Select(member => member.Key).FirstOrDefault(name => !Served.Contains(name)) is { } unknown)
        {
            throw new AwsException("ValidationException", $"The target's member {unknown} is not served by the embedded host.");
        }

        var arn = target["Arn"]?.ToString() ?? "";
        if (!Array.Exists(Services, service => arn.StartsWith($"arn:aws:{service}:", StringComparison.Ordinal)))
        {
            throw new AwsException(
                "ValidationException",
                $"Provided Arn is not in correct format. Reason: the embedded host serves queues and functions as targets, not {arn}"
            );
        }

        var transformer = target["InputTransformer"] as JsonObject;
        var id = IdOf(target);
        if (new[] { "Input", "InputPath", "InputTransformer" }.Count(target.ContainsKey) > 1)
        {
            throw new AwsException(
                "ValidationException",
                $"Only one of Input, InputPath, or InputTransformer must be provided for target {id}."
            );
        }

        return new RuleTarget(
            id,
            arn,
            target["InputPath"]?.ToString(),
            target["Input"]?.ToString(),
            (transformer?["InputPathsMap"] as JsonObject)?.ToDictionary(pair => pair.Key, pair => pair.Value!.ToString()),
            transformer?["InputTemplate"]?.ToString(),
            target["SqsParameters"]?["MessageGroupId"]?.ToString(),
            target["DeadLetterConfig"]?["Arn"]?.ToString()
        )
        {
            MaximumAge = Number(target["RetryPolicy"]?["MaximumEventAgeInSeconds"], 86_400),
            MaximumRetries = Number(target["RetryPolicy"]?["MaximumRetryAttempts"], 185),
        };
    }

    private static string IdOf(JsonObject target)
    {
        var id = target["Id"]?.ToString() ?? throw new AwsException("ValidationException", "Parameter Id is required.");
        return Id().IsMatch(id)
            ? id
            : throw new AwsException(
                "ValidationException",
                $"1 validation error detected: Value '{id}' at 'targets.1.member.id' failed to satisfy constraint: Member must "
                    + "satisfy regular expression pattern: [\\.\\-_A-Za-z0-9]+"
            );
    }

    [GeneratedRegex(@"^[.\-_A-Za-z0-9]{1,64}$")]
    private static partial Regex Id();

    private static int Number(JsonNode? node, int otherwise) =>
        node is null ? otherwise : int.Parse(node.ToString(), System.Globalization.CultureInfo.InvariantCulture);
}
