using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace TemplateHost.Testing.Fuzzing;

/// <summary>Changes tokens in compact form: a part as JSON, a part as octets, or the text.</summary>
public static class JwsMutator
{
    /// <summary>Another token, whose signature is seldom right.</summary>
    public static string Mutate(string token, Random random)
    {
        var parts = token.Split('.');
        var at = random.Next(parts.Length);
        if (random.Next(4) == 0 || !Base64Url.IsValid(parts[at]))
        {
            return TextMutator.Mutate(token, random, [".", "=", "e30", "bnVsbA"]);
        }

        var octets = Base64Url.DecodeFromChars(parts[at]);
        parts[at] = Base64Url.EncodeToString(
            random.Next(3) > 0 && TryParse(octets) is { } json
                ? Encoding.UTF8.GetBytes(new JsonMutator(random).Mutate(json)?.ToJsonString() ?? "null")
                : OctetMutator.Mutate(octets, random)
        );
        return string.Join('.', parts);
    }

    private static JsonNode? TryParse(byte[] octets)
    {
        try
        {
            return JsonNode.Parse(octets);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
