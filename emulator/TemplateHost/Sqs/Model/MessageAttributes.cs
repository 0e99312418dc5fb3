using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using TemplateHost.Kernel;

namespace TemplateHost.Sqs.Model;

/// <summary>The attributes that a sender puts beside the body.</summary>
internal static partial class MessageAttributes
{
    public static JsonObject? Read(JsonObject? attributes)
    {
        if (attributes is null || attributes.Count == 0)
        {
            return null;
        }

        if (attributes.Count > 10)
        {
            throw SqsErrors.InvalidParameter("Number of message attributes exceeds the allowed maximum of 10.");
        }

        foreach (var (name, value) in attributes)
        {
            Check(name, value as JsonObject);
        }

        return attributes.DeepClone().AsObject();
    }

    public static int Size(JsonObject? attributes) =>
        (attributes ?? []).Sum(pair =>
            Encoding.UTF8.GetByteCount(pair.Key) + pair.Value!.AsObject().Sum(part => Encoding.UTF8.GetByteCount(part.Value!.ToString()))
        );

    /// <summary>System attributes, of which a sender gives one: the trace header.</summary>
    /// <exception cref="AwsException">InvalidParameterValue: another one, or one that is no text.</exception>
    public static JsonObject? ReadSystem(JsonObject? attributes)
    {
        if (attributes?.FirstOrDefault(attribute => attribute.Key != "AWSTraceHeader").Key is { } unknown)
        {
            throw SqsErrors.InvalidParameter($"Message system attribute name '{unknown}' is invalid.");
        }

        if (attributes?["AWSTraceHeader"] is not JsonObject header)
        {
            return null;
        }

        return header["DataType"]?.ToString() == "String" && header["StringValue"]?.ToString() is { Length: > 0 } text
            ? new JsonObject { ["AWSTraceHeader"] = text }
            : throw SqsErrors.InvalidParameter("The message system attribute 'AWSTraceHeader' must be a String that is not empty.");
    }

    /// <summary>System attributes in the form in which digests are over them.</summary>
    public static JsonObject Typed(JsonObject system) =>
        new(
            system.Select(attribute =>
                KeyValuePair.Create(
                    attribute.Key,
                    (JsonNode?)new JsonObject { ["DataType"] = "String", ["StringValue"] = attribute.Value!.ToString() }
                )
            )
        );

    private static void Check(string name, JsonObject? value)
    {
        if (!Names().IsMatch(name) || Reserved().IsMatch(name))
        {
            throw SqsErrors.InvalidParameter(
                $"Message attribute name '{name}' is invalid: A-Z, a-z, 0-9, underscore, hyphen and period, no period first, last or "
                    + "twice, not beginning with AWS. or Amazon., 256 characters at most."
            );
        }

        if (value?["StringListValues"] is JsonArray { Count: > 0 } || value?["BinaryListValues"] is JsonArray { Count: > 0 })
        {
            throw new AwsException("UnsupportedOperation", "Message attribute list values in SendMessage operation are not supported.");
        }

        var type = value?["DataType"]?.GetValue<string>() ?? "";
        var member = type.Split('.')[0] switch
        {
            "String" or "Number" => "StringValue",
            "Binary" => "BinaryValue",
            _ => null,
        };
        if (member is null)
        {
            throw SqsErrors.InvalidParameter(
                $"The message attribute '{name}' has an invalid message attribute type, the set of supported type prefixes is "
                    + "Binary, Number, and String."
            );
        }

        if (string.IsNullOrEmpty(value![member]?.GetValue<string>()))
        {
            throw SqsErrors.InvalidParameter($"The message attribute '{name}' must contain a non-empty value of the type of its DataType.");
        }

        if (member == "StringValue")
        {
            MessageText.DemandAttribute(name, value[member]!.GetValue<string>());
        }
    }

    [GeneratedRegex(@"^(?=.{1,256}$)[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*$")]
    private static partial Regex Names();

    [GeneratedRegex(@"^(AWS|Amazon)\.", RegexOptions.IgnoreCase)]
    private static partial Regex Reserved();
}
