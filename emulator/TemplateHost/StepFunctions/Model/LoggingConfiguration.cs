using System.Text.Json.Nodes;
using TemplateHost.Kernel;
using TemplateHost.Kernel.JsonPaths;

namespace TemplateHost.StepFunctions.Model;

/// <summary>What a state machine says of its log: kept, and shown by DescribeStateMachine.</summary>
internal static class LoggingConfiguration
{
    private static readonly string[] Levels = ["ALL", "ERROR", "FATAL", "OFF"];

    /// <summary>The configuration of a machine that named none.</summary>
    public static JsonObject None => new() { ["level"] = "OFF", ["includeExecutionData"] = false };

    /// <param name="given">With members as the API writes them; null for none.</param>
    /// <exception cref="AwsException">InvalidLoggingConfiguration: a level that is none, or one without a log group.</exception>
    public static string? Read(JsonObject? given)
    {
        if (given is null)
        {
            return null;
        }

        var level = given["level"]?.ToString() ?? "OFF";
        var groups = (given["destinations"] as JsonArray ?? []).Select(GroupOf).ToList();
        if (!Levels.Contains(level) || groups.Count > 1 || groups.Contains(null) || (level != "OFF" && groups.Count == 0))
        {
            throw new AwsException(
                "InvalidLoggingConfiguration",
                $"Invalid Logging Configuration: a level of {string.Join(", ", Levels)}, and one log group by its ARN that ends in ':*'."
            );
        }

        var kept = new JsonObject { ["level"] = level, ["includeExecutionData"] = given["includeExecutionData"]?.ToString() is "true" };
        if (groups.Count > 0)
        {
            kept["destinations"] = given["destinations"]!.DeepClone();
        }

        return JsonText.Of(kept);
    }

    private static string? GroupOf(JsonNode? destination) =>
        destination?["cloudWatchLogsLogGroup"]?["logGroupArn"]?.ToString() is { } arn
        && arn.StartsWith("arn:aws:logs:", StringComparison.Ordinal)
        && arn.EndsWith(":*", StringComparison.Ordinal)
            ? arn
            : null;
}
