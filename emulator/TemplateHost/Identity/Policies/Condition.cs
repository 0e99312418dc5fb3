namespace TemplateHost.Identity.Policies;

/// <summary>One condition of a statement: an operator, a key, and the values of the policy.</summary>
internal sealed class Condition
{
    private readonly ConditionOperators.Operator? comparison;
    private readonly string key;
    private readonly IReadOnlyList<string> values;
    private readonly bool ifExists;
    private readonly bool forAll;
    private readonly bool forAny;

    /// <exception cref="FormatException">An operator that IAM does not know.</exception>
    public Condition(string operatorName, string key, IReadOnlyList<string> values)
    {
        (this.key, this.values) = (key, values);
        var name = operatorName;
        forAll = Strip(ref name, "ForAllValues:");
        forAny = Strip(ref name, "ForAnyValue:");
        if (name.EndsWith("IfExists", StringComparison.Ordinal))
        {
            (ifExists, name) = (true, name[..^"IfExists".Length]);
        }

        comparison = ConditionOperators.Find(name);
        if (comparison is null && name != "Null")
        {
            throw new FormatException($"Invalid Condition type : {operatorName}");
        }

        if (
            name is "Null" or "Bool"
            && values.FirstOrDefault(value => !value.StartsWith("${", StringComparison.Ordinal) && !bool.TryParse(value, out _))
                is { } other
        )
        {
            throw new FormatException($"Invalid value for the condition {operatorName}: {other}");
        }
    }

    public bool Holds(AuthorizationContext context)
    {
        var actual = context.ValuesOf(key);
        if (comparison is null)
        {
            return values.Any(value => bool.Parse(value) == actual is null);
        }

        if (actual is null)
        {
            return ifExists || forAll || (comparison.Negated && !forAny);
        }

        var wanted = values.Select(context.Expand).OfType<string>().ToArray();
        return forAll ? actual.All(value => Satisfies(value, wanted)) : actual.Any(value => Satisfies(value, wanted));
    }

    private bool Satisfies(string actual, string[] wanted) =>
        wanted.Any(pattern => comparison!.Matches(actual, pattern)) != comparison!.Negated;

    private static bool Strip(ref string name, string prefix)
    {
        var found = name.StartsWith(prefix, StringComparison.Ordinal);
        name = found ? name[prefix.Length..] : name;
        return found;
    }
}
