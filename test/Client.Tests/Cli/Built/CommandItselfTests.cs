using FairShare.Cli;
using FairShare.Cli.Commands;
using FairShare.Cli.Output;
using FairShare.Cli.Settings;
using FairShare.Client.Tests.Support;

namespace FairShare.Client.Tests.Cli.Built;

/// <summary>The command as a program: help, completion, and errors that say what is wrong and what to do.</summary>
public sealed class CommandItselfTests(UpFixture up) : IClassFixture<UpFixture>, IDisposable
{
    private readonly Workspace workspace = new();

    public static TheoryData<string> Commands() => [.. Walk(Tree()).Select(ExampleHelp.PathOf)];

    public void Dispose() => workspace.Dispose();

    [Fact]
    public async Task Command_Alone_PrintsHelp()
    {
        var run = await up.Alice.RunAsync();
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("Commands:", run.Output, StringComparison.Ordinal);
        Assert.Contains("Example:", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Did you mean list?", "lst")]
    [InlineData("Did you mean list?", "keys", "lsit")]
    [InlineData("Did you mean --mine?", "list", "--mnie")]
    [InlineData("See fairshare keys --help.", "keys", "frobnicate")]
    public async Task Command_Mistyped_SaysWhatIsNear(string near, params string[] arguments)
    {
        var run = (await up.Alice.RunAsync(arguments)).Require(ExitCode.Usage, "usage");
        Assert.Contains(near, run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Help_OfEachCommand_EndsWithAnExampleThatIsOne(string path)
    {
        var example = Examples.ByCommand[path];
        using var output = new StringWriter();
        Tree().Parse([.. path.Split(' ').Skip(1), "--help"]).Invoke(new System.CommandLine.InvocationConfiguration { Output = output });
        // What demo sends is no argument of the demonstrations below it.
        var isOfDemo = path.StartsWith("fairshare demo ", StringComparison.Ordinal);
        Assert.False(isOfDemo && output.ToString().Contains("<file>", StringComparison.Ordinal), output.ToString());
        Assert.EndsWith($"Example:\n  {example}\n\n", output.ToString().ReplaceLineEndings("\n"), StringComparison.Ordinal);
        var command = example.Replace("eval \"$(", "", StringComparison.Ordinal).Replace(")\"", "", StringComparison.Ordinal);
        Assert.StartsWith(path, command, StringComparison.Ordinal);
        Assert.Empty(Tree().Parse(System.CommandLine.Parsing.CommandLineParser.SplitCommandLine(command).Skip(1).ToArray()).Errors);
    }

    [Theory]
    [InlineData("put")]
    [InlineData("contacts add")]
    [InlineData("verify")]
    [InlineData("keys retire")]
    public async Task Help_OfACommandThatNeedsArguments_IsGivenWithoutThem(string command)
    {
        var run = await up.Alice.RunAsync([.. command.Split(' '), "--help"]);
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Contains($"fairshare {command}", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("decline")]
    [InlineData("abort")]
    [InlineData("get")]
    public async Task Id_ThatBeginsAsAnOption_IsAnId(string command)
    {
        var run = await up.Bob.RunAsync(command, "-hAAAAAAAAAAAAAAAAAAAA");
        Assert.True(run.ExitCode == ExitCode.Refused, $"{run.ExitCode} {run.Output} {run.Error}");
    }

    [Fact]
    public async Task Decline_ByTheUploader_SaysWhoCan()
    {
        var document = await up.DepositAsync(workspace.MakeFile("contract.bin", 10));
        var exchange = (await up.Bob.RunAsync("get", document, "--no-sign", "--json")).Answer["exchangeId"]!.ToString();
        var run = (await up.Alice.RunAsync("decline", exchange)).Require(ExitCode.Refused, "not-the-downloader");
        Assert.Contains("fairshare abort", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("empty")]
    [InlineData("wrong")]
    public async Task Demo_FunctionsOfAWrongFolder_IsOneLine(string what)
    {
        var folder = Directory.CreateDirectory(workspace.At("functions")).FullName;
        if (what == "wrong")
        {
            await File.WriteAllTextAsync(Path.Combine(folder, "bootstrap"), "not a program", TestContext.Current.CancellationToken);
        }

        var run = await up.Alice.RunAsync("demo", "--functions", folder);

        Assert.Equal(ExitCode.LocalFile, run.ExitCode);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("profile.json")]
    [InlineData("session.json")]
    public async Task List_ProfileCutInHalf_IsEightAndNamesTheFile(string name)
    {
        var (person, _) = await up.JoinAsync();
        var file = Path.Combine(person.Home, name);
        var text = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(file, text[..(text.Length / 2)], TestContext.Current.CancellationToken);
        var run = await person.RunAsync("list");
        Assert.Equal(ExitCode.LocalFile, run.ExitCode);
        Assert.Contains(file, run.Error, StringComparison.Ordinal);
    }

    private static System.CommandLine.RootCommand Tree() =>
        CommandTree.Create(new CommandRunner(new Terminal(), new CommandEnvironment(_ => null), TimeProvider.System));

    private static IEnumerable<System.CommandLine.Command> Walk(System.CommandLine.Command command) =>
        command.Subcommands.SelectMany(Walk).Prepend(command);
}
