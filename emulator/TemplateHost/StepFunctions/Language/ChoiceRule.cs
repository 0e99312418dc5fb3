using System.Text.Json.Nodes;

namespace TemplateHost.StepFunctions.Language;

/// <summary>A rule of a Choice state: a comparison, or And, Or, Not of others.</summary>
internal abstract class ChoiceRule
{
    public abstract bool Matches(Scope scope);

    /// <exception cref="FormatException">The rule is not one that the States Language has.</exception>
    public static ChoiceRule Parse(JsonObject rule)
    {
        if (rule["And"] is JsonArray all)
        {
            return new CombinedRule(ParseAll(all), every: true);
        }

        if (rule["Or"] is JsonArray any)
        {
            return new CombinedRule(ParseAll(any), every: false);
        }

        return rule["Not"] is JsonObject inner ? new NegatedRule(Parse(inner)) : ComparisonRule.Parse(rule);
    }

    private static List<ChoiceRule> ParseAll(JsonArray rules) => [.. rules.Select(rule => Parse(rule!.AsObject()))];

    private sealed class CombinedRule(List<ChoiceRule> rules, bool every) : ChoiceRule
    {
        public override bool Matches(Scope scope) =>
            every ? rules.All(rule => rule.Matches(scope)) : rules.Exists(rule => rule.Matches(scope));
    }

    private sealed class NegatedRule(ChoiceRule inner) : ChoiceRule
    {
        public override bool Matches(Scope scope) => !inner.Matches(scope);
    }
}
