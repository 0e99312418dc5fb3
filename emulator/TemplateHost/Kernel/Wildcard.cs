namespace TemplateHost.Kernel;

/// <summary>StringMatches: <c>*</c> stands for any characters, a backslash takes the next one literally.</summary>
internal static class Wildcard
{
    public static bool Matches(string pattern, string text)
    {
        var reachable = new bool[text.Length + 1];
        reachable[0] = true;
        for (var at = 0; at < pattern.Length; at++)
        {
            var anything = pattern[at] == '*';
            at += pattern[at] == '\\' && at + 1 < pattern.Length ? 1 : 0;
            Advance(reachable, text, pattern[at], anything);
        }

        return reachable[^1];
    }

    private static void Advance(bool[] reachable, string text, char expected, bool anything)
    {
        if (anything)
        {
            for (var end = 1; end < reachable.Length; end++)
            {
                reachable[end] |= reachable[end - 1];
            }

            return;
        }

        for (var end = reachable.Length - 1; end > 0; end--)
        {
            reachable[end] = reachable[end - 1] && text[end - 1] == expected;
        }

        reachable[0] = false;
    }
}
