using System.Text.RegularExpressions;

namespace FairShare.Repository.Tests.Commands;

/// <summary>Finds environment variables and CDK context keys that nothing reads.</summary>
internal sealed partial class Settings(string programs, string stack)
{
    /// <summary>The names in a piece of code that neither the programs and scripts nor the stack know.</summary>
    public IEnumerable<string> Faults(string code) =>
        [
            .. Variable().Matches(code).Select(match => match.Value).Where(name => !Regex.IsMatch(programs, $@"\b{name}\b")),
            .. ContextKey()
                .Matches(code)
                .Where(match => !stack.Contains($"\"{match.Groups[1].Value}\"", StringComparison.Ordinal))
                .Select(match => match.Value),
        ];

    [GeneratedRegex(@"\bFAIRSHARE_[A-Z_]+\b")]
    private static partial Regex Variable();

    [GeneratedRegex(@"(?<!\S)-c (\w+)=")]
    private static partial Regex ContextKey();
}
