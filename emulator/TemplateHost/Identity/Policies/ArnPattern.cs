namespace TemplateHost.Identity.Policies;

/// <summary>Compares ARNs part by part: a wildcard does not reach over a colon of the first five parts.</summary>
internal static class ArnPattern
{
    public static bool Matches(string arn, string preparedPattern)
    {
        var parts = arn.Split(':', 6);
        var patterns = preparedPattern.Split(':', 6);
        return preparedPattern == Glob.AnyText.ToString()
            || (parts.Length == patterns.Length && parts.Zip(patterns).All(pair => Glob.Matches(pair.Second, pair.First)));
    }
}
