using System.Text.RegularExpressions;

namespace FairShare.Repository.Tests.Commands;

/// <summary>Finds calls of <c>fairshare</c> whose command or option does not exist.</summary>
internal sealed partial class FairShareCommands(CommandLineOptions commands)
{
    /// <summary>What is wrong with a piece of code: <c>fairshare verb</c>, or <c>fairshare verb --option</c>.</summary>
    public IEnumerable<string> Faults(string code)
    {
        var calls = ByDotnet().Replace(code, "fairshare ").Split("fairshare ").Skip(1);
        return (IsOfACommand(code) ? calls.Append(code) : calls).SelectMany(FaultsOfCall);
    }

    // `put --disclose-digest` in the prose about a command.
    private bool IsOfACommand(string code) => code.Contains(" --", StringComparison.Ordinal) && commands.Names.Contains(code.Split(' ')[0]);

    private IEnumerable<string> FaultsOfCall(string call)
    {
        if (!Verb().IsMatch(call))
        {
            return [];
        }

        var words = call.Split(' ');
        if (!commands.Names.Contains(words[0]))
        {
            return [$"fairshare {words[0]}"];
        }

        var verb = words.Length > 1 && commands.Groups.Contains(words[0]) && commands.Names.Contains(words[1]) ? words[1] : words[0];
        return Option()
            .Matches(call)
            .Select(match => match.Value)
            .Where(option => !commands.Takes(verb, option))
            .Select(option => $"fairshare {verb} {option}");
    }

    [GeneratedRegex(@"dotnet run --project client/FairShare\.Cli -- ")]
    private static partial Regex ByDotnet();

    [GeneratedRegex("^[a-z]+(?![^ ])")]
    private static partial Regex Verb();

    [GeneratedRegex(@"(?<![\w-])--[a-z][a-z-]*")]
    private static partial Regex Option();
}
