using System.Text.RegularExpressions;

namespace FairShare.Repository.Tests.Commands;

/// <summary>The commands of <c>fairshare</c> and their options, as its sources declare them.</summary>
/// <remarks>
/// A command is <c>new Command("name", "…") { … }</c>, or <c>new("name", "…") { … }</c>; in the braces stand the names under
/// which its
/// options are declared, in the same class or in another.
/// </remarks>
internal sealed partial class CommandLineOptions
{
    private static readonly string[] BuiltIn = ["--help", "--version"];

    private readonly List<string> sources;
    private readonly ILookup<string, string> options;

    /// <param name="sources">The texts of the files that declare commands and options.</param>
    public CommandLineOptions(IEnumerable<string> sources)
    {
        this.sources = [.. sources];
        var commands = this
            .sources.SelectMany(source => Command().Matches(source).Select(match => (Source: source, Match: match)))
            .ToList();
        Names = [.. commands.Select(command => command.Match.Groups["name"].Value)];
        Groups = [.. commands.Select(command => command.Match).Where(HasCommands).Select(match => match.Groups["name"].Value)];
        options = commands
            .SelectMany(command =>
                OptionsOf(command.Source, command.Match).Select(option => (Name: command.Match.Groups["name"].Value, option))
            )
            .ToLookup(pair => pair.Name, pair => pair.option);
        Global = [.. BuiltIn, .. this.sources.Where(source => IsClass(source, "GlobalOptions")).SelectMany(Declared)];
    }

    /// <summary>The names of all commands, nested ones too.</summary>
    public HashSet<string> Names { get; }

    /// <summary>The commands that have commands of their own.</summary>
    public HashSet<string> Groups { get; }

    /// <summary>The options that every command has.</summary>
    public HashSet<string> Global { get; }

    /// <summary>Whether a command takes an option.</summary>
    public bool Takes(string command, string option) => Global.Contains(option) || options[command].Contains(option);

    // They are made by a call each, `Add(runner)`.
    private static bool HasCommands(Match command) => command.Groups["members"].Value.Contains('(', StringComparison.Ordinal);

    private static bool IsClass(string source, string name) => Regex.IsMatch(source, $@"\bclass {name}\b");

    private static IEnumerable<string> Declared(string source) =>
        Declaration().Matches(source).Select(match => match.Groups["option"].Value).Where(IsOption);

    private static bool IsOption(string name) => name.StartsWith("--", StringComparison.Ordinal);

    private IEnumerable<string> OptionsOf(string source, Match command) =>
        Identifier()
            .Matches(command.Groups["members"].Value)
            .Select(match => Resolve(source, command.Index, match.Value))
            .OfType<string>()
            .Where(IsOption);

    // The declaration that stands nearest before the command: a local name may be declared for each command anew.
    private string? Resolve(string source, int position, string identifier)
    {
        if (identifier.Split('.') is [var type, var member])
        {
            return sources.Where(other => IsClass(other, type)).Select(other => Resolve(other, int.MaxValue, member)).FirstOrDefault();
        }

        var declarations = Declaration().Matches(source).Where(match => match.Groups["identifier"].Value == identifier).ToList();
        return (declarations.LastOrDefault(match => match.Index < position) ?? declarations.FirstOrDefault())?.Groups["option"].Value;
    }

    [GeneratedRegex(
        """
            new(?: Command)?\(\s*"(?<name>[a-z]+)",\s*"[^"]*"\s*\)\s*(?:\{(?<members>[^}]*)\})?
            """
    )]
    private static partial Regex Command();

    [GeneratedRegex(
        """
            \b(?<identifier>\w+)(?: \{ get; \})?\s*=\s*new(?: \w+<[^(]*>)?\(\s*"(?<option>[\w-]+)"
            """
    )]
    private static partial Regex Declaration();

    [GeneratedRegex(@"[A-Za-z][\w.]*")]
    private static partial Regex Identifier();
}
