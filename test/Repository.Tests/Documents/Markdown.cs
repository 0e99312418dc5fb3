using System.Text.RegularExpressions;

namespace FairShare.Repository.Tests.Documents;

/// <summary>Something that stands in a document, and the line on which it does.</summary>
internal sealed record Mention(string Text, int Line);

/// <summary>A Markdown document, as far as links, headings and code go.</summary>
internal sealed partial class Markdown
{
    private readonly List<Mention> prose = [];
    private readonly List<Mention> code = [];

    public Markdown(string text)
    {
        var inBlock = false;
        foreach (var (index, line) in text.Split('\n').Index())
        {
            if (line.TrimStart().StartsWith("```", StringComparison.Ordinal))
            {
                inBlock = !inBlock;
                continue;
            }

            (inBlock ? code : prose).Add(new Mention(line, index + 1));
        }
    }

    /// <summary>The lines of code blocks.</summary>
    public IReadOnlyList<Mention> CodeLines => code;

    /// <summary>What stands between backticks within the prose; a vertical bar in a table without its backslash.</summary>
    public IEnumerable<Mention> CodeSpans =>
        Find(prose, Span()).Select(mention => mention with { Text = mention.Text.Replace("\\|", "|", StringComparison.Ordinal) });

    /// <summary>The targets of links.</summary>
    public IEnumerable<Mention> LinkTargets => Find(Uncoded, Link());

    /// <summary>The anchors that GitHub gives to the headings.</summary>
    public IReadOnlySet<string> Anchors
    {
        get
        {
            var anchors = new HashSet<string>();
            foreach (var heading in Find(prose, Heading()))
            {
                var anchor = AnchorOf(heading.Text);
                var number = Enumerable.Range(0, int.MaxValue).First(n => !anchors.Contains(n == 0 ? anchor : $"{anchor}-{n}"));
                anchors.Add(number == 0 ? anchor : $"{anchor}-{number}");
            }

            return anchors;
        }
    }

    private IEnumerable<Mention> Uncoded => prose.Select(line => line with { Text = Span().Replace(line.Text, "`code`") });

    private static string AnchorOf(string heading) =>
        NotInAnchors().Replace(LinkText().Replace(heading.Trim(), "$1").ToLowerInvariant(), "").Replace(' ', '-');

    private static IEnumerable<Mention> Find(IEnumerable<Mention> lines, Regex regex) =>
        lines.SelectMany(line => regex.Matches(line.Text).Select(match => new Mention(match.Groups[1].Value, line.Line)));

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Span();

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("^#{1,6} (.*)$")]
    private static partial Regex Heading();

    [GeneratedRegex(@"\[([^\]]*)\]\([^)]*\)")]
    private static partial Regex LinkText();

    [GeneratedRegex(@"[^\p{L}\p{N}_ -]")]
    private static partial Regex NotInAnchors();
}
