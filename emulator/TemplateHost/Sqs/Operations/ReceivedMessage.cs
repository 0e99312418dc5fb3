using System.Globalization;
using System.Text.Json.Nodes;
using TemplateHost.Sqs.Model;

namespace TemplateHost.Sqs.Operations;

/// <summary>A message as ReceiveMessage answers it: with the attributes that were asked for.</summary>
internal static class ReceivedMessage
{
    public static JsonObject Of(Message message, JsonObject input)
    {
        var shown = new JsonObject
        {
            ["MessageId"] = message.Id,
            ["ReceiptHandle"] = ReceiptHandle.Write(message),
            ["MD5OfBody"] = MessageDigests.OfBody(message.Body),
            ["Body"] = message.Body,
        };
        var system = Wanted(SystemOf(message), Names(input, "AttributeNames").Concat(Names(input, "MessageSystemAttributeNames")).ToList());
        if (system.Count > 0)
        {
            shown["Attributes"] = system;
        }

        var attributes = Wanted(message.Attributes ?? [], Names(input, "MessageAttributeNames"));
        if (attributes.Count > 0)
        {
            shown["MessageAttributes"] = attributes;
            shown["MD5OfMessageAttributes"] = MessageDigests.OfAttributes(attributes);
        }

        return shown;
    }

    private static JsonObject SystemOf(Message message)
    {
        var system = message.System?.DeepClone().AsObject() ?? [];
        system["SenderId"] = message.SenderId;
        system["SentTimestamp"] = Milliseconds(message.SentAt);
        system["ApproximateReceiveCount"] = message.ReceiveCount.ToString(CultureInfo.InvariantCulture);
        system["ApproximateFirstReceiveTimestamp"] = Milliseconds(message.FirstReceivedAt!.Value);
        if (message.Group is not null)
        {
            system["MessageGroupId"] = message.Group;
        }

        if (message.DeduplicationId is not null)
        {
            system["MessageDeduplicationId"] = message.DeduplicationId;
            system["SequenceNumber"] = Message.SequenceNumber(message.Sequence);
        }

        return system;
    }

    /// <summary>Of the attributes, those named; <c>All</c>, <c>*</c> and <c>.*</c> name all, <c>prefix.*</c> those that begin so.</summary>
    private static JsonObject Wanted(JsonObject attributes, List<string> names) =>
        new(
            attributes
                .Where(pair =>
                    names.Any(name =>
                        name is "All" or "*" or ".*"
                        || name == pair.Key
                        || (name.EndsWith(".*", StringComparison.Ordinal) && pair.Key.StartsWith(name[..^2], StringComparison.Ordinal))
                    )
                )
                .Select(pair => KeyValuePair.Create(pair.Key, pair.Value?.DeepClone()))
        );

    private static List<string> Names(JsonObject input, string member) =>
        [.. (input[member] as JsonArray ?? []).Select(name => name!.GetValue<string>())];

    private static string Milliseconds(DateTimeOffset time) => time.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
}
