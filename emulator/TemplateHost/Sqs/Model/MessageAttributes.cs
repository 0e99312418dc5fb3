using System.Text;
using System.Text.Json.Nodes;

namespace TemplateHost.Sqs.Model;

/// <summary>The attributes that a sender puts beside the body.</summary>
internal static class MessageAttributes
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

    private static void Check(string name, JsonObject? value)
    {
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
    }
}
