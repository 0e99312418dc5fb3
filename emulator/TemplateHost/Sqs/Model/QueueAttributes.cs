using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using TemplateHost.Kernel;
using TemplateHost.Kernel.JsonPaths;

namespace TemplateHost.Sqs.Model;

/// <summary>The attributes that a queue can be given, and what they may hold.</summary>
internal static class QueueAttributes
{
    private static readonly Dictionary<string, (int Least, int Most)> Numbers = new()
    {
        ["VisibilityTimeout"] = (0, 43_200),
        ["DelaySeconds"] = (0, 900),
        ["MessageRetentionPeriod"] = (60, 1_209_600),
        ["ReceiveMessageWaitTimeSeconds"] = (0, 20),
        ["MaximumMessageSize"] = (1024, 1_048_576),
        ["KmsDataKeyReusePeriodSeconds"] = (60, 86_400),
    };

    private static readonly Dictionary<string, string[]> Choices = new()
    {
        ["FifoQueue"] = ["true", "false"],
        ["ContentBasedDeduplication"] = ["true", "false"],
        ["SqsManagedSseEnabled"] = ["true", "false"],
        ["DeduplicationScope"] = ["queue", "messageGroup"],
        ["FifoThroughputLimit"] = ["perQueue", "perMessageGroupId"],
    };

    private static readonly string[] Documents = ["Policy", "RedriveAllowPolicy"];

    /// <exception cref="AwsException">InvalidAttributeName or InvalidAttributeValue.</exception>
    public static void Check(string name, string value)
    {
        var valid = name switch
        {
            _ when Numbers.TryGetValue(name, out var bounds) => int.TryParse(value, CultureInfo.InvariantCulture, out var number)
                && number >= bounds.Least
                && number <= bounds.Most,
            _ when Choices.TryGetValue(name, out var choices) => choices.Contains(value),
            "RedrivePolicy" => value.Length == 0 || Redrive.Of(value) is not null
                ? true
                : throw BadRedrive(
                    value,
                    "Amazon SQS can't create the redrive policy. Must be a valid JSON with deadLetterTargetArn and maxReceiveCount."
                ),
            _ when Documents.Contains(name) => value.Length == 0 || IsDocument(value),
            "KmsMasterKeyId" => true,
            _ => throw Unknown(name),
        };
        if (!valid)
        {
            throw new AwsException("InvalidAttributeValue", $"Invalid value for the parameter {name}.");
        }
    }

    /// <summary>Whether a queue can be given the attribute.</summary>
    public static bool Has(string name) =>
        Numbers.ContainsKey(name) || Choices.ContainsKey(name) || Documents.Contains(name) || name is "KmsMasterKeyId" or "RedrivePolicy";

    public static AwsException Unknown(string name) => new("InvalidAttributeName", $"Unknown Attribute {name}.");

    public static AwsException BadRedrive(string policy, string reason) =>
        SqsErrors.InvalidParameter($"Value {policy} for parameter RedrivePolicy is invalid. Reason: {reason}");

    private static bool IsDocument(string value)
    {
        try
        {
            return JsonText.Parse(value) is JsonObject;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
