using System.Diagnostics;
using System.Net.Sockets;
using FairShare.Cli.Output;
using FairShare.Client.Tests.Support;

namespace FairShare.Client.Tests.Cli.Built;

/// <summary>What a folder has that no archive can take is refused by its name: by the built command, against <c>up</c>.</summary>
public sealed class FolderTests(UpFixture up) : IClassFixture<UpFixture>, IDisposable
{
    private readonly Workspace workspace = new();

    private Socket? socket;

    public void Dispose()
    {
        socket?.Dispose();
        workspace.Dispose();
    }

    [Theory]
    [InlineData("pipe")]
    [InlineData("socket")]
    [InlineData("device")]
    [InlineData("/etc/passwd")]
    [InlineData("../outside")]
    [InlineData("here/../../outside")]
    public async Task Put_FolderWithWhatNoArchiveTakes_IsRefusedAndNamesIt(string what)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "What a file is, is read as it is on Linux.");
        var folder = Directory.CreateDirectory(workspace.At("unsent")).FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "a.txt"), "a", TestContext.Current.CancellationToken);
        File.CreateSymbolicLink(Path.Combine(folder, "here"), ".");
        var odd = Path.Combine(folder, "odd");
        Assert.SkipUnless(await TryMakeAsync(what, odd), "A device takes root to make.");

        var run = (await up.Alice.RunAsync("put", folder, "--open")).Require(ExitCode.LocalFile, "folder-not-archivable");

        Assert.Contains("unsent/odd", run.Error, StringComparison.Ordinal);
        Assert.Contains("Nothing was sent.", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("unsent.tar", (await up.Alice.RunAsync("list", "--mine")).Output, StringComparison.Ordinal);
        var spool = Path.Combine(up.Alice.Home, "spool");
        Assert.False(Directory.Exists(spool) && Directory.EnumerateFiles(spool).Any());
    }

    [Fact]
    public async Task Put_FolderWithLinksWithin_IsDeposited()
    {
        var folder = Directory.CreateDirectory(workspace.At("papers")).FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "a.txt"), "a", TestContext.Current.CancellationToken);
        File.CreateSymbolicLink(Path.Combine(folder, "b.txt"), "a.txt");
        var put = (await up.Alice.RunAsync("put", folder, "--open", "--json")).Answer;
        Assert.Equal("papers.tar", put["name"]!.ToString());
    }

    private async Task<bool> TryMakeAsync(string what, string path)
    {
        switch (what)
        {
            case "pipe":
                return await RunAsync("mkfifo", path);
            case "device":
                return await RunAsync("mknod", path, "c", "1", "3");
            case "socket":
                // It is there while it is open.
                socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                socket.Bind(new UnixDomainSocketEndPoint(path));
                return true;
            default:
                File.CreateSymbolicLink(path, what);
                return true;
        }
    }

    private static async Task<bool> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return process.ExitCode == 0;
    }
}
