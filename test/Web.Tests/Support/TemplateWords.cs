using System.Text;
using System.Text.RegularExpressions;

namespace FairShare.Web.Tests.Support;

/// <summary>The words that stand in the templates of a module themselves, and so are in one language only.</summary>
internal static partial class TemplateWords
{
    /// <summary>Reads a module.</summary>
    /// <param name="source">Its text: templates are <c>html`…`</c> and <c>svg`…`</c>, with expressions in <c>${…}</c>.</param>
    public static IEnumerable<string> Of(string source)
    {
        var written = new StringBuilder();
        // In code, in a template of markup, in another template.
        var modes = new Stack<char>("{");
        var code = Skipped().Replace(source, " ");
        for (var at = 0; at < code.Length; at++)
        {
            var isTemplate = modes.Peek() is '<' or '`';
            if (code[at] == '`' && isTemplate)
            {
                modes.Pop();
                written.Append('\n');
            }
            else if (code[at] == '`')
            {
                modes.Push(Tagged().IsMatch(code[Math.Max(0, at - 4)..at]) ? '<' : '`');
            }
            else if (isTemplate && code[at] == '$' && code[at + 1] == '{')
            {
                modes.Push('{');
                at++;
            }
            else if (!isTemplate && code[at] == '{')
            {
                modes.Push('{');
            }
            else if (!isTemplate && code[at] == '}')
            {
                modes.Pop();
            }
            else if (modes.Peek() == '<')
            {
                written.Append(code[at]);
            }
        }

        return Word()
            .Matches(Tag().Replace(written.ToString(), "\n"))
            .Select(match => match.Value)
            .Concat(Attribute().Matches(source).Select(match => match.Groups[1].Value));
    }

    // Comments and texts in quotes, which may have braces. Of attributes those are looked at before that whose values people read.
    [GeneratedRegex(@"^\s*//.*$|/\*.*?\*/|""(?:[^""\\\n`$<>]|\\.)*""", RegexOptions.Multiline)]
    private static partial Regex Skipped();

    [GeneratedRegex(@"\s(?:aria-label|title|placeholder|alt)=""([^""$]*\p{L}[^""$]*)""")]
    private static partial Regex Attribute();

    [GeneratedRegex("(html|svg)$")]
    private static partial Regex Tagged();

    [GeneratedRegex(@"<[^<>]*>", RegexOptions.Singleline)]
    private static partial Regex Tag();

    [GeneratedRegex(@"\p{L}+")]
    private static partial Regex Word();
}
