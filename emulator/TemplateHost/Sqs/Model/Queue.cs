using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using TemplateHost.Kernel.JsonPaths;

namespace TemplateHost.Sqs.Model;

/// <summary>A queue and its attributes; what was not set has SQS's default.</summary>
internal sealed record Queue(
    string Name,
    string Arn,
    IReadOnlyDictionary<string, string> Set,
    DateTimeOffset CreatedAt,
    DateTimeOffset ModifiedAt
)
{
    public bool IsFifo => Flag("FifoQueue");

    public bool DeduplicatesByContent => Flag("ContentBasedDeduplication");

    public bool DeduplicatesByGroup => Text("DeduplicationScope") == "messageGroup";

    public TimeSpan VisibilityTimeout => Seconds("VisibilityTimeout", 30);

    public TimeSpan Delay => Seconds("DelaySeconds", 0);

    public TimeSpan Retention => Seconds("MessageRetentionPeriod", 345_600);

    public int WaitSeconds => (int)Seconds("ReceiveMessageWaitTimeSeconds", 0).TotalSeconds;

    /// <summary>In bytes, body and attributes together.</summary>
    public int LargestMessage => int.Parse(Text("MaximumMessageSize") ?? "1048576", CultureInfo.InvariantCulture);

    public JsonObject? Policy { get; } = Document(Set, "Policy");

    /// <summary>Where messages go that were received too often; null when there is no such place.</summary>
    public Redrive? Redrive { get; } = Redrive.Of(Set.GetValueOrDefault("RedrivePolicy") ?? "");

    /// <summary>Whether it may take the dead letters of a queue, by its RedriveAllowPolicy.</summary>
    public bool TakesFrom(string sourceArn) =>
        Document(Set, "RedriveAllowPolicy") is not { } allowed
        || allowed["redrivePermission"]?.ToString() switch
        {
            "denyAll" => false,
            "byQueue" => (allowed["sourceQueueArns"] as JsonArray ?? []).Any(arn => arn?.ToString() == sourceArn),
            _ => true,
        };

    public string? Text(string attribute) => Set.GetValueOrDefault(attribute);

    private bool Flag(string attribute) => Text(attribute) is "true";

    private TimeSpan Seconds(string attribute, int otherwise) =>
        TimeSpan.FromSeconds(Text(attribute) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise);

    private static JsonObject? Document(IReadOnlyDictionary<string, string> set, string attribute) =>
        set.GetValueOrDefault(attribute) is { Length: > 0 } text ? JsonText.Parse(text)!.AsObject() : null;
}

/// <param name="TargetArn">The dead-letter queue.</param>
/// <param name="MaxReceiveCount">How often a message may be received before it goes there.</param>
internal sealed record Redrive(string TargetArn, int MaxReceiveCount)
{
    public string TargetName => TargetArn[(TargetArn.LastIndexOf(':') + 1)..];

    /// <summary>Reads a RedrivePolicy; null for a text that is none.</summary>
    public static Redrive? Of(string policy)
    {
        try
        {
            return
                policy.Length > 0
                && JsonText.Parse(policy) is JsonObject document
                && document["deadLetterTargetArn"]?.ToString() is { } arn
                && int.TryParse(document["maxReceiveCount"]?.ToString(), CultureInfo.InvariantCulture, out var count)
                && count is >= 1 and <= 1000
                ? new Redrive(arn, count)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
