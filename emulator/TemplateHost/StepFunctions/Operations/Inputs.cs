using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using TemplateHost.Kernel;
using TemplateHost.Kernel.JsonPaths;

namespace TemplateHost.StepFunctions.Operations;

/// <summary>Reads the members of a request, with the errors that Step Functions answers with.</summary>
internal static class Inputs
{
    private const int LargestPayload = 262_144;
    private const string NotInNames = "<>{}[]?*\"#%\\^|~`$&,;:/";

    public static string Required(this JsonObject input, string name) =>
        Optional(input, name)
        ?? throw new AwsException(
            "ValidationException",
            $"1 validation error detected: Value null at '{name}' failed to satisfy constraint: Member must not be null"
        );

    public static string Arn(this JsonObject input, string name) =>
        Required(input, name) is var arn && arn.StartsWith("arn:", StringComparison.Ordinal)
            ? arn
            : throw new AwsException("InvalidArn", $"Invalid Arn: 'Invalid ARN prefix: {arn}'");

    /// <summary>
    /// A name of a state machine or an execution: 1 to 80 characters, without white space, brackets, wildcards, control and special
    /// characters.
    /// </summary>
    public static string Named(string name) =>
        name.Length is > 0 and <= 80
        && !name.Any(letter => char.IsWhiteSpace(letter) || char.IsControl(letter) || NotInNames.Contains(letter))
            ? name
            : throw new AwsException("InvalidName", $"Invalid Name: '{name}'");

    public static string? Optional(this JsonObject input, string name) =>
        input[name] switch
        {
            null => null,
            JsonValue value when value.TryGetValue<string>(out var text) => text,
            _ => throw new AwsException("SerializationException", $"The member {name} is not a string."),
        };

    /// <summary>JSON given as text, at most 256 KiB.</summary>
    public static string Payload(this JsonObject input, string name, string code, string what)
    {
        var text = Optional(input, name) ?? "{}";
        if (Encoding.UTF8.GetByteCount(text) > LargestPayload)
        {
            throw new AwsException(
                "ValidationException",
                $"1 validation error detected: Value at '{name}' failed to satisfy constraint: Member must have length less "
                    + $"than or equal to {LargestPayload}"
            );
        }

        try
        {
            JsonText.Parse(text);
            return text;
        }
        catch (JsonException fault)
        {
            throw new AwsException(code, $"Invalid {what}: '{fault.Message}'");
        }
    }

    /// <summary>A page size from 1 to 1000; 0 and absent mean 100.</summary>
    public static int MaxResults(this JsonObject input) =>
        (input["maxResults"]?.GetValue<int>() ?? 0) switch
        {
            0 => 100,
            > 0 and <= 1000 and var count => count,
            var count => throw new AwsException(
                "ValidationException",
                $"1 validation error detected: Value '{count}' at 'maxResults' must be from 0 to 1000"
            ),
        };

    /// <summary>Where the page starts, from a token that an earlier page gave.</summary>
    public static long? PageStart(this JsonObject input)
    {
        if (Optional(input, "nextToken") is not { } token)
        {
            return null;
        }

        Span<byte> octets = stackalloc byte[8];
        return Convert.TryFromBase64String(token, octets, out var length) && length == 8
            ? BitConverter.ToInt64(octets)
            : throw new AwsException("InvalidToken", "Invalid Token: 'Invalid token'");
    }

    public static string PageToken(long start) => Convert.ToBase64String(BitConverter.GetBytes(start));

    public static double Seconds(DateTimeOffset time) => time.ToUnixTimeMilliseconds() / 1000.0;
}
