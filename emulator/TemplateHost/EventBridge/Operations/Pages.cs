using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using TemplateHost.Kernel;

namespace TemplateHost.EventBridge.Operations;

/// <summary>A list by pages of <c>Limit</c>; the token says how many were given.</summary>
internal static class Pages
{
    private const int Largest = 100;

    /// <exception cref="AwsException">ValidationException: the limit is none, or the token of another list.</exception>
    public static JsonObject Answer(JsonObject input, string name, List<JsonObject> all)
    {
        var limit = input["Limit"]?.GetValue<int>() ?? Largest;
        if (limit is < 1 or > Largest)
        {
            throw new AwsException(
                "ValidationException",
                $"1 validation error detected: Value '{limit}' at 'limit' failed to satisfy constraint: Member must have value "
                    + $"between 1 and {Largest}"
            );
        }

        var start = StartOf(input["NextToken"]?.GetValue<string>());
        var answer = new JsonObject { [name] = new JsonArray([.. all.Skip(start).Take(limit)]) };
        if (all.Count - start > limit)
        {
            answer["NextToken"] = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{start + limit}"));
        }

        return answer;
    }

    private static int StartOf(string? token)
    {
        Span<byte> octets = stackalloc byte[16];
        return token is null ? 0
            : Convert.TryFromBase64String(token, octets, out var length)
            && int.TryParse(octets[..length], NumberStyles.None, CultureInfo.InvariantCulture, out var start)
                ? start
            : throw new AwsException("ValidationException", "Parameter NextToken is not valid.");
    }
}
