namespace TemplateHost.Identity.Policies;

/// <summary>Matches IAM's wildcards: <c>*</c> for any text, <c>?</c> for one character.</summary>
internal static class Glob
{
    /// <summary>Stand-ins for the wildcards of a pattern, so that a <c>*</c> that comes out of a policy variable is only a star.</summary>
    public const char AnyText = '\uE000';
    public const char AnyCharacter = '\uE001';

    public static string Prepare(string pattern) => pattern.Replace('*', AnyText).Replace('?', AnyCharacter);

    public static bool Matches(string preparedPattern, string text, bool ignoreCase = false)
    {
        int pattern = 0,
            position = 0,
            star = -1,
            resume = 0;
        while (position < text.Length)
        {
            if (pattern < preparedPattern.Length && preparedPattern[pattern] == AnyText)
            {
                star = pattern++;
                resume = position;
            }
            else if (pattern < preparedPattern.Length && SameCharacter(preparedPattern[pattern], text[position], ignoreCase))
            {
                pattern++;
                position++;
            }
            else if (star >= 0)
            {
                pattern = star + 1;
                position = ++resume;
            }
            else
            {
                return false;
            }
        }

        return preparedPattern.AsSpan(pattern).TrimStart(AnyText).IsEmpty;
    }

    private static bool SameCharacter(char expected, char actual, bool ignoreCase) =>
        expected == AnyCharacter || expected == actual || (ignoreCase && char.ToUpperInvariant(expected) == char.ToUpperInvariant(actual));
}
