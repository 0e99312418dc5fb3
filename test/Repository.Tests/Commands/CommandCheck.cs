using System.Text.RegularExpressions;
using FairShare.Repository.Tests.Documents;
using FairShare.Repository.Tests.Sources;

namespace FairShare.Repository.Tests.Commands;

/// <summary>Finds commands of a document that name what does not exist.</summary>
internal sealed partial class CommandCheck(params IReadOnlyList<Func<string, IEnumerable<string>>> checks)
{
    /// <summary>The check by what the repository has.</summary>
    public static CommandCheck OfRepository()
    {
        var projects = RepositoryFiles.All.Where(path => path.EndsWith(".csproj", StringComparison.Ordinal)).ToList();
        var tests = new TestNames(
            projects
                .Where(path => path.EndsWith(".Tests.csproj", StringComparison.Ordinal))
                .Select(path => Path.GetFileNameWithoutExtension(path)),
            TextsBelow("test/").Concat(TextsBelow("emulator/"))
        );
        return new CommandCheck(
            new FairShareCommands(new CommandLineOptions(TextsBelow("client/FairShare.Cli/Commands/"))).Faults,
            new DotnetCommands(RepositoryPaths.OfRepository, [.. projects.Select(path => path[..path.LastIndexOf('/')])], tests).Faults,
            new Settings(Programs(), string.Concat(TextsBelow("cdk/"))).Faults
        );
    }

    /// <summary>What is wrong with the commands of a document, each as <c>document: command</c>.</summary>
    public IEnumerable<string> Faults(string name, Markdown document) =>
        document
            .CodeLines.SelectMany(line => Separator().Split(Remark().Replace(line.Text, "")))
            .Concat(document.CodeSpans.Select(span => span.Text))
            .SelectMany(code => checks.SelectMany(check => check(code.Trim())))
            .Distinct()
            .Select(fault => $"{name}: {fault}");

    private static IEnumerable<string> TextsBelow(string folder) =>
        RepositoryFiles.Sources.Where(path => path.StartsWith(folder, StringComparison.Ordinal)).Select(RepositoryFiles.Read);

    private static string Programs() =>
        string.Concat(
            RepositoryFiles
                .Texts.Where(path => !path.EndsWith(".md", StringComparison.Ordinal))
                .Where(path => !path.StartsWith("test/Repository.Tests/", StringComparison.Ordinal))
                .Select(RepositoryFiles.Read)
        );

    [GeneratedRegex(@"\s[|;&]+\s|;\s")]
    private static partial Regex Separator();

    [GeneratedRegex(@"\s#\s.*$")]
    private static partial Regex Remark();
}
