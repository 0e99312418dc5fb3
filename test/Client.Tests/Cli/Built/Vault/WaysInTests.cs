using System.Diagnostics;
using System.Text;
using FairShare.Cli.Output;
using FairShare.Client.Tests.Support;

namespace FairShare.Client.Tests.Cli.Built.Vault;

/// <summary>Contents, codes and passwords by every way that the commands take them.</summary>
public sealed class WaysInTests(UpFixture up) : IClassFixture<UpFixture>, IDisposable
{
    private readonly Workspace workspace = new();

    public void Dispose() => workspace.Dispose();

    [Fact]
    public async Task Put_NamedPipe_IsItsContent()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "mkfifo is used as it is on Linux.");
        using (var make = Process.Start("mkfifo", [workspace.At("pipe")]))
        {
            await make.WaitForExitAsync(Stop);
        }

        var putting = up.Alice.PutItemAsync(workspace.At("pipe"), "--name", "a pipe");
        await File.WriteAllTextAsync(workspace.At("pipe"), "through a pipe", Stop);
        var item = await putting;

        Assert.Equal(("a pipe", 14), (item["name"]!.ToString(), item["size"]!.GetValue<int>()));
        var got = await workspace.Stranger().RunAsync("vault", "get", item["link"]!.ToString(), "--out", "-");
        Assert.Equal("through a pipe", got.Output);
    }

    [Fact]
    public async Task Get_CodeOnStandardInput_IsTaken()
    {
        var item = await up.Alice.PutItemAsync(workspace.MakeFile("a.bin", 10));
        string[] get = ["vault", "get", "-", "--out", workspace.At("out"), "--json"];
        var run = await workspace.Stranger().RunWithInputAsync(Encoding.ASCII.GetBytes(item["link"]! + "\n"), get);
        Assert.Equal(10, run.Answer["size"]!.GetValue<int>());
    }

    [Fact]
    public async Task Get_CookieOfAnItemWithoutAPassword_NeedsToBeToldSo()
    {
        var item = await up.Alice.PutItemAsync(workspace.MakeFile("a.bin", 10));
        string[] get = ["vault", "get", item["cookie"]!.ToString(), "--service", up.Url, "--out", workspace.At("out")];
        (await workspace.Stranger().RunAsync(get)).Require(ExitCode.Usage, "no-password");
        Assert.Equal(0, (await workspace.Stranger().RunAsync([.. get, "--no-password"])).ExitCode);
    }

    [Theory]
    [InlineData("bicycle\nbicycle\n", 0, "P-")]
    [InlineData("bicycle\nbycicle\n", ExitCode.Usage, "passwords-differ")]
    public async Task Put_PasswordOnATerminal_IsAskedForTwice(string typed, int exitCode, string shown)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "script, which gives a terminal, is used as it is on Linux.");
        var run = await up.Alice.RunOnTerminalAsync(typed, "vault", "put", workspace.MakeFile("a.bin", 10), "--password");
        Assert.True(run.ExitCode == exitCode, run.Output);
        Assert.Contains(shown, run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Put_WithQr_DrawsTheLink()
    {
        var run = await up.Alice.RunAsync("vault", "put", workspace.MakeFile("a.bin", 10), "--qr");
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Contains("\u2588\u2588\u2588\u2588", run.Output, StringComparison.Ordinal);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;
}
