using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using TemplateHost.Kernel;

namespace TemplateHost.Sqs.Model;

/// <summary>Which characters bodies, attributes and identifiers may have.</summary>
internal static partial class MessageText
{
    private const string Allowed = "#x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF";

    /// <exception cref="AwsException">InvalidMessageContents.</exception>
    public static void DemandBody(string body)
    {
        if (Forbidden(body) is { } found)
        {
            throw new AwsException(
                "InvalidMessageContents",
                $"Invalid binary character '{found}' was found in the message body, the set of allowed characters is {Allowed}"
            );
        }
    }

    /// <exception cref="AwsException">InvalidParameterValue.</exception>
    public static void DemandAttribute(string name, string value)
    {
        if (Forbidden(value) is { } found)
        {
            throw SqsErrors.InvalidParameter(
                $"Invalid binary character '{found}' was found in the message attribute '{name}', the set of allowed "
                    + $"characters is {Allowed}"
            );
        }
    }

    /// <summary>MessageGroupId or MessageDeduplicationId; null where there is none.</summary>
    /// <exception cref="AwsException">InvalidParameterValue.</exception>
    public static string? Identifier(JsonObject input, string name) =>
        input[name]?.GetValue<string>() is not { } given ? null
        : Identifiers().IsMatch(given) ? given
        : throw SqsErrors.InvalidParameter(
            $"Value {given} for parameter {name} is invalid. Reason: {name} can only include alphanumeric and punctuation characters. 1 to "
                + "128 in length."
        );

    /// <summary>The first character that XML 1.0 does not have, as <c>#x1</c>.</summary>
    private static string? Forbidden(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value is (< 0x20 and not (0x9 or 0xA or 0xD)) or 0xFFFE or 0xFFFF)
            {
                return "#x" + rune.Value.ToString("X", CultureInfo.InvariantCulture);
            }
        }

        return null;
    }

    [GeneratedRegex("^[!-~]{1,128}$")]
    private static partial Regex Identifiers();
}
