namespace TemplateHost.Gateway;

/// <summary>Query strings and forms.</summary>
internal static class QueryText
{
    /// <summary>The pairs in the order sent, decoded.</summary>
    public static List<KeyValuePair<string, string>> Parse(string rawQuery) =>
        [.. rawQuery.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(ParsePair)];

    /// <summary>A form body, in which a plus sign is a space.</summary>
    public static List<KeyValuePair<string, string>> ParseForm(string body) => Parse(body.Replace("+", "%20", StringComparison.Ordinal));

    private static KeyValuePair<string, string> ParsePair(string pair)
    {
        var parts = pair.Split('=', 2);
        return new(Uri.UnescapeDataString(parts[0]), parts.Length == 2 ? Uri.UnescapeDataString(parts[1]) : "");
    }
}
