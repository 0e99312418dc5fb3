using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using TemplateHost.Kernel.JsonPaths;

namespace TemplateHost.StepFunctions.Language;

/// <summary>States.Format, StringToJson, JsonToString, StringSplit, Base64*, Hash.</summary>
internal static class TextFunctions
{
    private const int LongestText = 10_000;

    public static JsonNode? Format(Arguments arguments)
    {
        var template = arguments.Values.Count > 0 && arguments.Values[0].Raw is { } raw ? raw : arguments.Text(0);
        var result = new StringBuilder();
        var next = 1;
        for (var at = 0; at < template.Length; at++)
        {
            if (template[at] == '\\' && at + 1 < template.Length)
            {
                result.Append(template[++at]);
            }
            else if (template[at] == '{' && at + 1 < template.Length && template[at + 1] == '}')
            {
                result.Append(Written(arguments[next++]));
                at++;
            }
            else
            {
                result.Append(template[at]);
            }
        }

        return next == arguments.Count ? result.ToString() : throw arguments.Fault("placeholders and arguments differ in number");
    }

    public static JsonNode? StringToJson(Arguments arguments) =>
        arguments.Expect(1, 1).Text(0) is { Length: > 0 } text ? JsonText.Parse(text) : null;

    public static JsonNode? JsonToString(Arguments arguments) => JsonText.Of(arguments.Expect(1, 1)[0]);

    public static JsonNode? StringSplit(Arguments arguments)
    {
        var separators = arguments.Expect(2, 2).Text(1).ToCharArray();
        return new JsonArray([
            .. arguments.Text(0).Split(separators, StringSplitOptions.RemoveEmptyEntries).Select(part => (JsonNode)part),
        ]);
    }

    public static JsonNode? Base64Encode(Arguments arguments) =>
        Convert.ToBase64String(Encoding.UTF8.GetBytes(Bounded(arguments.Expect(1, 1), 0)));

    public static JsonNode? Base64Decode(Arguments arguments) =>
        Encoding.UTF8.GetString(Convert.FromBase64String(Bounded(arguments.Expect(1, 1), 0)));

    public static JsonNode? Hash(Arguments arguments)
    {
        var data = arguments.Expect(2, 2)[0];
        var octets = Encoding.UTF8.GetBytes(Display(data));
        var digest = arguments.Text(1) switch
        {
#pragma warning disable CA5350, CA5351 // The States Language offers them; nothing of ours rests on them.
            "MD5" => MD5.HashData(octets),
            "SHA-1" => SHA1.HashData(octets),
#pragma warning restore CA5350, CA5351
            "SHA-256" => SHA256.HashData(octets),
            "SHA-384" => SHA384.HashData(octets),
            "SHA-512" => SHA512.HashData(octets),
            var other => throw arguments.Fault($"the algorithm {other} is not known"),
        };
        return Convert.ToHexStringLower(digest);
    }

    private static string Bounded(Arguments arguments, int index) =>
        arguments.Text(index) is { Length: <= LongestText } text
            ? text
            : throw arguments.Fault($"argument {index + 1} is longer than {LongestText} characters");

    /// <summary>As AWS writes it into a text: <c>{Arg1=1, Arg2=[]}</c>, without quotes.</summary>
    private static string Written(JsonNode? node) =>
        node switch
        {
            JsonObject members => $"{{{string.Join(", ", members.Select(member => $"{member.Key}={Written(member.Value)}"))}}}",
            JsonArray elements => $"[{string.Join(", ", elements.Select(Written))}]",
            _ => Display(node),
        };

    private static string Display(JsonNode? node) =>
        node?.GetValueKind() == JsonValueKind.String ? node.GetValue<string>() : JsonText.Of(node);
}
