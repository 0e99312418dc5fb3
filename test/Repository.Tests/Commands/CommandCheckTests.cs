using FairShare.Repository.Tests.Documents;
using FairShare.Repository.Tests.Sources;

namespace FairShare.Repository.Tests.Commands;

public sealed class CommandCheckTests
{
    private const string Others = """
        static class Others { static readonly Option<string> Functions = new("--functions"); }
        """;

    private const string Global = """
        static class GlobalOptions { public static Option<bool> Json { get; } = new("--json"); }
        """;

    private const string Verbs = """
        var email = new Argument<string>("email");
        new Command("register", "Sign up.") { email };
        var email = new Option<string>("--email");
        new Command("login", "Log in.") { email, Others.Functions };
        new("keys", "Keys.") { Add(runner) };
        new Command("add", "Add a key.");
        """;

    private const string Class = "namespace My.Tests; public sealed class RightTests;";

    [Theory]
    [InlineData("fairshare login --email a@example.com --json")]
    [InlineData("dotnet run --project client/FairShare.Cli -- login --functions DIR")]
    [InlineData("fairshare COMMAND --help")]
    [InlineData("fairshare keys add --json")]
    [InlineData("fairshare: a message [code] --none")]
    [InlineData("fairshare login | jq --raw-output .")]
    [InlineData("dotnet run --project test/My.Tests -- -class My.Tests.RightTests")]
    [InlineData("dotnet run --project test/My.Tests -- -class \"*RightTests\"")]
    [InlineData("dotnet build test/My.Tests -v q")]
    [InlineData("dotnet run eng/test.cs -- My RightTests")]
    [InlineData("dotnet csharpier check .")]
    [InlineData("FAIRSHARE_KNOWN=1 npx cdk deploy -c stage=prod")]
    public void Faults_CommandThatExists_AreNone(string command) => Assert.Empty(Faults($"```\n$ {command}\n```\n"));

    [Theory]
    [InlineData("fairshare none", "fairshare none")]
    [InlineData("fairshare login --none", "fairshare login --none")]
    [InlineData("fairshare register --email a@example.com", "fairshare register --email")]
    [InlineData("dotnet run --project client/FairShare.Cli -- login --none", "fairshare login --none")]
    [InlineData("true; fairshare keys add --functions DIR", "fairshare add --functions")]
    [InlineData("dotnet run --project test/None", "--project test/None")]
    [InlineData("dotnet run --project test/My.Tests -- -class My.Tests.WrongTests", "-class My.Tests.WrongTests")]
    [InlineData("dotnet run --project test/My.Tests -- -class \"*WrongTests\"", "-class *WrongTests")]
    [InlineData("dotnet run eng/none.cs", "dotnet … eng/none.cs")]
    [InlineData("dotnet run eng/test.cs -- My WrongTests", "eng/test.cs -- WrongTests")]
    [InlineData("FAIRSHARE_NONE=1 npx cdk deploy", "FAIRSHARE_NONE")]
    [InlineData("npx cdk deploy -c none=1", "-c none=")]
    public void Faults_CommandThatDoesNot_IsNamed(string command, string fault)
    {
        Assert.Equal([$"a.md: {fault}"], Faults($"```\n$ {command}\n```\n"));
        Assert.Equal([$"a.md: {fault}"], Faults($"Run `{command}` now."));
    }

    [Fact]
    public void Faults_CommandNamedWithoutTheProgram_IsLookedAt() =>
        Assert.Equal(["a.md: fairshare login --none"], Faults("Use `login --none`, not `git --none`."));

    [Fact]
    public void OfRepository_CommandsOfTheClient_AreFoundInItsSources() =>
        Assert.Equal(
            ["a.md: fairshare up --digest", "a.md: fairshare list --held"],
            CommandCheck
                .OfRepository()
                .Faults(
                    "a.md",
                    new Markdown("`fairshare up --data DIR --digest D`, `fairshare keys list --held`, `fairshare keys add --held`")
                )
        );

    private static IEnumerable<string> Faults(string text)
    {
        var paths = new RepositoryPaths(["client/FairShare.Cli/x.csproj", "test/My.Tests/x.csproj", "eng/test.cs"]);
        return new CommandCheck(
            new FairShareCommands(new CommandLineOptions([Others, Global, Verbs])).Faults,
            new DotnetCommands(paths, ["client/FairShare.Cli", "test/My.Tests"], new TestNames(["My.Tests"], [Class])).Faults,
            new Settings("$FAIRSHARE_KNOWN", "\"stage\"").Faults
        ).Faults("a.md", new Markdown(text));
    }
}
