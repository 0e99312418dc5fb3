using System.Text;

namespace TemplateHost.Identity.Policies;

/// <summary>One question to IAM: the action, the resource and the values of the condition keys.</summary>
/// <param name="Keys">Condition keys, compared without case; several values are joined by a newline.</param>
internal sealed record AuthorizationContext(string Action, string ResourceArn, IReadOnlyDictionary<string, string> Keys)
{
    /// <summary>The values of a key; null when the request has no such key.</summary>
    public string[]? ValuesOf(string key) => Keys.TryGetValue(key, out var value) ? value.Split('\n') : null;

    /// <summary>
    /// Puts the values of policy variables such as <c>${aws:userid}</c> into a pattern; null when one of them has no value.
    /// </summary>
    public string? Expand(string pattern)
    {
        if (!pattern.Contains("${", StringComparison.Ordinal))
        {
            return Glob.Prepare(pattern);
        }

        var expanded = new StringBuilder();
        var rest = pattern.AsSpan();
        for (var start = rest.IndexOf("${"); start >= 0; start = rest.IndexOf("${"))
        {
            var end = rest[start..].IndexOf('}');
            if (end < 0 || VariableValue(rest[(start + 2)..(start + end)].ToString()) is not { } value)
            {
                return null;
            }

            expanded.Append(Glob.Prepare(rest[..start].ToString())).Append(value);
            rest = rest[(start + end + 1)..];
        }

        return expanded.Append(Glob.Prepare(rest.ToString())).ToString();
    }

    private string? VariableValue(string variable)
    {
        // ${*}, ${?} and ${$} are the characters themselves.
        if (variable is "*" or "?" or "$")
        {
            return variable;
        }

        var parts = variable.Split(',', 2, StringSplitOptions.TrimEntries);
        if (ValuesOf(parts[0]) is [var single])
        {
            return single;
        }

        return parts.Length == 2 ? parts[1].Trim('\'') : null;
    }
}
