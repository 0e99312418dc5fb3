using System.Text.RegularExpressions;

namespace FairShare.Repository.Tests.Namespaces;

/// <summary>A C# source, as far as namespaces go.</summary>
internal sealed partial class SourceFile
{
    /// <summary>The name that stands for sources without a namespace: the statements of a program.</summary>
    public const string Program = "(program)";

    public SourceFile(string text)
    {
        Code = Literals().Replace(Comments().Replace(text, ""), "\"\"");
        Namespace = Declaration().Match(Code) is { Success: true } match ? match.Groups[1].Value : Program;
        Types = [.. TypeDeclarations().Matches(Code).Select(match => match.Groups[1].Value)];
    }

    /// <summary>The text without comments and literals, in which no name is a reference.</summary>
    public string Code { get; }

    /// <summary>The namespace that the file declares.</summary>
    public string Namespace { get; }

    /// <summary>The simple names of the types that it declares.</summary>
    public IReadOnlyList<string> Types { get; }

    /// <summary>The dotted names in it: of <c>using</c> directives, aliases and qualified names.</summary>
    public IEnumerable<string> DottedNames => Dotted().Matches(Code).Select(match => match.Value);

    /// <summary>Whether a simple name stands in it, on its own or before a member.</summary>
    public bool Names(string type) => Regex.IsMatch(Code, $@"(?<![.\w]){type}\b");

    [GeneratedRegex(@"//.*")]
    private static partial Regex Comments();

    [GeneratedRegex(
        """
            "(?:[^"\\\n]|\\.)*"
            """
    )]
    private static partial Regex Literals();

    [GeneratedRegex(@"^namespace ([\w.]+)", RegexOptions.Multiline)]
    private static partial Regex Declaration();

    [GeneratedRegex(@"\b(?:class|record|struct|interface|enum)\s+(?!struct\b|class\b)(\w+)")]
    private static partial Regex TypeDeclarations();

    [GeneratedRegex(@"\b[A-Z]\w*(?:\.[A-Z]\w*)+")]
    private static partial Regex Dotted();
}
