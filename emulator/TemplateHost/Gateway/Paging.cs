using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using TemplateHost.Kernel;

namespace TemplateHost.Gateway;

/// <summary>How a service names and bounds the pages of its lists.</summary>
/// <param name="Limit">The member that says how long a page may be.</param>
/// <param name="Token">The member that says where it begins.</param>
/// <param name="NextToken">The answer's member that says where the next one begins.</param>
/// <param name="Largest">The longest page; one of that length is given where the request names no other.</param>
/// <param name="InvalidLimit">The service's code for a limit out of its bounds.</param>
/// <param name="InvalidToken">The service's code for a token that it never gave.</param>
internal sealed record Paging(string Limit, string Token, string NextToken, int Largest, string InvalidLimit, string InvalidToken)
{
    /// <summary>Whether the answer says by a member of its own, <c>Truncated</c>, that there is more.</summary>
    public bool Truncated { get; init; }

    /// <exception cref="AwsException">The limit is out of its bounds, or the token of another list.</exception>
    public JsonObject Page<T>(JsonObject input, string member, IReadOnlyList<T> all, Func<T, JsonNode> describe)
    {
        var (start, limit) = (StartOf(input), LimitOf(input));
        var answer = new JsonObject { [member] = new JsonArray([.. all.Skip(start).Take(limit).Select(describe)]) };
        var isTruncated = all.Count - start > limit;
        if (isTruncated)
        {
            answer[NextToken] = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{start + limit}"));
        }

        if (Truncated)
        {
            answer["Truncated"] = isTruncated;
        }

        return answer;
    }

    private int LimitOf(JsonObject input)
    {
        var limit = input[Limit] is { } given ? int.Parse(given.ToString(), CultureInfo.InvariantCulture) : Largest;
        return limit >= 1 && limit <= Largest
            ? limit
            : throw new AwsException(
                InvalidLimit,
                $"1 validation error detected: Value '{limit}' at '{char.ToLowerInvariant(Limit[0])}{Limit[1..]}' failed to satisfy "
                    + $"constraint: Member must have value between 1 and {Largest}"
            );
    }

    private int StartOf(JsonObject input)
    {
        Span<byte> octets = stackalloc byte[16];
        return input[Token]?.ToString() is not { } token ? 0
            : Convert.TryFromBase64String(token, octets, out var length)
            && int.TryParse(octets[..length], NumberStyles.None, CultureInfo.InvariantCulture, out var start)
                ? start
            : throw new AwsException(InvalidToken, $"Parameter {Token} is not valid.");
    }
}
