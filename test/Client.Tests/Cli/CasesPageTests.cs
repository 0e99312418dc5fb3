using System.Text.RegularExpressions;

namespace FairShare.Client.Tests.Cli;

/// <summary>docs/cli-cases.md and the tests of the built command are equal.</summary>
public sealed partial class CasesPageTests
{
    private const string Built = "FairShare.Client.Tests.Cli.Built";

    private static readonly string Page = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "cli-cases.md"));

    [Fact]
    public void Page_TestsThatItNames_Exist() => Assert.Empty(Named().Except(Tests(_ => true)));

    [Fact]
    public void Page_TestsOfTheBuiltCommand_AreAllInIt() => Assert.Empty(Tests(type => type.Namespace == Built).Except(Named()));

    [Fact]
    public void Page_EachCase_HasATest() =>
        Assert.All(
            Page.Split('\n')
                .Where(line => line.StartsWith("| ", StringComparison.Ordinal) && !line.StartsWith("| input ", StringComparison.Ordinal)),
            row => Assert.True(row.StartsWith("| --- ", StringComparison.Ordinal) || Test().IsMatch(row), row)
        );

    private static List<string> Named() => [.. Test().Matches(Page).Select(match => match.Groups[1].Value)];

    private static List<string> Tests(Func<Type, bool> among) =>
        [
            .. typeof(CasesPageTests)
                .Assembly.GetTypes()
                .Where(among)
                .SelectMany(type => type.GetMethods())
                .Where(method => method.GetCustomAttributes(typeof(FactAttribute), inherit: true).Length > 0)
                .Select(method => $"{method.DeclaringType!.Name}.{method.Name}"),
        ];

    [GeneratedRegex(@"`(\w+Tests\.\w+)`")]
    private static partial Regex Test();
}
