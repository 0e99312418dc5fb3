using System.Diagnostics;
using System.Formats.Tar;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using FairShare.Cli.Output;
using FairShare.Client.Tests.Support;
using TemplateHost.Testing;

namespace FairShare.Client.Tests.Cli.Built;

/// <summary>Documents, names and digests as people give them: by the built command, against <c>up</c>.</summary>
public sealed class InputTests(UpFixture up) : IClassFixture<UpFixture>, IDisposable
{
    private const string Text = "Alice sells Bob a bicycle.\n";

    private readonly Workspace workspace = new();

    public void Dispose() => workspace.Dispose();

    [Theory]
    [InlineData("-")]
    [InlineData("/dev/stdin")]
    public async Task Put_StandardInput_IsDepositedUnderTheName(string path)
    {
        using var process = up.Alice.Start("put", path, "--name", "piped.txt", "--open", "--json");
        await process.StandardInput.WriteAsync(Text);
        process.StandardInput.Close();

        var put = (await BuiltCommand.EndAsync(process)).Answer;

        Assert.Equal(("piped.txt", Digest(Text)), (put["name"]!.ToString(), put["sha256"]!.ToString()));
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(up.Alice.Home, "spool")));
    }

    [Fact]
    public async Task Put_NamedPipe_IsDeposited()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There are no such pipes.");
        using (var make = Process.Start("mkfifo", [workspace.At("pipe")]))
        {
            await make.WaitForExitAsync(Stop);
        }

        using var process = up.Alice.Start("put", workspace.At("pipe"), "--name", "piped.txt", "--open", "--json");
        await File.WriteAllTextAsync(workspace.At("text"), Text, Stop);
        using (var write = Process.Start("sh", ["-c", $"cat {workspace.At("text")} > {workspace.At("pipe")}"]))
        {
            await write.WaitForExitAsync(Stop);
        }

        Assert.Equal(Digest(Text), (await BuiltCommand.EndAsync(process)).Answer["sha256"]!.ToString());
    }

    [Fact]
    public async Task Put_StandardInputWithoutAName_IsRefused() =>
        (await up.Alice.RunAsync("put", "-", "--open")).Require(ExitCode.Usage, "no-name");

    [Fact]
    public async Task Put_EndlessSource_StopsAtTheLimit()
    {
        var run = await up.Alice.RunAsync("put", "/dev/zero", "--name", "zeros", "--open", "--max-size", "10000000");
        run.Require(ExitCode.LocalFile, "document-too-large");
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(up.Alice.Home, "spool")));
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("0")]
    public async Task Put_MaxSizeThatIsNone_IsRefused(string size)
    {
        var run = await up.Alice.RunAsync("put", "/dev/zero", "--name", "zeros", "--open", "--max-size", size);
        run.Require(ExitCode.Usage, "usage");
        Assert.Contains("--max-size", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Put_ForOneAndForEverybody_SaysThatItIsOneOrTheOther()
    {
        var run = await up.Alice.RunAsync("put", workspace.MakeFile("a.bin", 1), "--to", up.BobsAddress, "--open");
        run.Require(ExitCode.Usage, "usage");
        Assert.Contains("--to and --open", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Put_EndlessSource_StopsBeforeTheDiskIsFull()
    {
        using var disk = SmallDisk.Mount("40m");
        Assert.SkipWhen(disk is null, "No disk can be mounted here: that takes root, and Linux.");
        var home = Path.Combine(disk!.Folder, "home");
        var alice = up.Alice.With("FAIRSHARE_HOME", home);
        CopyFolder(up.Alice.Home, home);
        (await alice.RunAsync("put", "/dev/zero", "--name", "zeros", "--open")).Require(ExitCode.LocalFile, "no-room");
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(home, "spool")));
    }

    [Fact]
    public async Task Put_FilesAndAFolder_AreDocumentsEachAndTheFolderAnArchive()
    {
        Directory.CreateDirectory(workspace.At("papers"));
        await File.WriteAllTextAsync(workspace.At("papers", "a.txt"), Text, Stop);
        var file = workspace.MakeFile("b.bin", 100);

        var run = await up.Alice.RunAsync("put", file, workspace.At("papers"), "--open");
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Contains("papers is a folder: it goes as one archive, papers.tar.", run.Output, StringComparison.Ordinal);
        var documents = (await up.Alice.RunAsync("put", file, workspace.At("papers"), "--open", "--json")).Answer["documents"]!.AsArray();

        Assert.Equal(["b.bin", "papers.tar"], documents.Select(document => document!["name"]!.ToString()));
        var got = (
            await up.Bob.RunAsync("get", documents[1]!["fileId"]!.ToString(), "--out", workspace.At("out"), "--yes", "--json")
        ).Answer;
        await TarFile.ExtractToDirectoryAsync(
            got["path"]!.ToString(),
            Directory.CreateDirectory(workspace.At("unpacked")).FullName,
            false,
            Stop
        );
        Assert.Equal(Text, await File.ReadAllTextAsync(workspace.At("unpacked", "papers", "a.txt"), Stop));
    }

    [Theory]
    [InlineData("U\u0308bergabe.txt", "\u00DCbergabe.txt")]
    [InlineData("10 \u212B.txt", "10 \u00C5.txt")]
    [InlineData("5 \u2126.txt", "5 \u03A9.txt")]
    public async Task Put_NameThatIsNotComposed_IsComposedAndSaidSo(string name, string composed)
    {
        await File.WriteAllTextAsync(workspace.At(name), Text, Stop);
        var put = (await up.Alice.RunAsync("put", workspace.At(name), "--open", "--json")).Answer;
        Assert.Equal(composed, put["name"]!.ToString());
        Assert.Contains("composed", put["note"]!.ToString(), StringComparison.Ordinal);
        var got = (await up.Bob.RunAsync("get", put["fileId"]!.ToString(), "--out", workspace.At("out"), "--yes", "--json")).Answer;
        Assert.Equal(composed, Path.GetFileName(got["path"]!.ToString()));
    }

    [Fact]
    public async Task Put_NameOf256Bytes_IsRefusedAndOf255Deposited()
    {
        var source = workspace.MakeFile("a.bin", 1);
        var name = new string('\u00DC', 127);
        (await up.Alice.RunAsync("put", source, "--open", "--name", name + "ab")).Require(ExitCode.Usage, "invalid-name");
        var put = (await up.Alice.RunAsync("put", source, "--open", "--name", name + "a", "--json")).Answer;
        Assert.Equal(name + "a", put["name"]!.ToString());
    }

    [Fact]
    public async Task Put_FileThatMayNotBeRead_IsEightAndNamesIt()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Modes and capabilities are as they are on Linux.");
        var source = workspace.MakeFile("secret.bin", 1);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(source, UnixFileMode.None);
        }

        // Root may read it all the same, unless it gives that up.
        var run = Environment.IsPrivilegedProcess
            ? await up.Alice.RunUnderAsync("setpriv", ["--bounding-set", "-dac_override,-dac_read_search"], "put", source, "--open")
            : await up.Alice.RunAsync("put", source, "--open");
        Assert.SkipWhen(run is null, "There is no setpriv here, and root may read every file.");
        run!.Require(ExitCode.LocalFile, "file-not-readable");
        Assert.Contains(source, run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("@list.txt")]
    [InlineData("-rf")]
    public async Task Put_FileOfAnOddName_IsDeposited(string name)
    {
        await File.WriteAllTextAsync(workspace.At(name), Text, Stop);
        var run = await up.Alice.RunAfterAsync($"cd {workspace.Path}", "put", "--open", "--json", "--", name);
        Assert.Equal(name, run.Answer["name"]!.ToString());
    }

    [Fact]
    public async Task Get_DigestAsSha256sumPrintsIt_IsTaken()
    {
        await File.WriteAllTextAsync(workspace.At("a.txt"), Text, Stop);
        var document = await up.DepositAsync(workspace.At("a.txt"), "--disclose-digest");
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes(Text));
        string[] forms = [$"{Digest(Text)}  a.txt", Digest(Text).ToUpperInvariant(), Convert.ToBase64String(bytes)];
        foreach (var form in forms)
        {
            _ = (await up.Bob.RunAsync("get", document, "--digest", form, "--no-sign", "--json")).Answer;
        }

        (await up.Bob.RunAsync("get", document, "--digest", Digest("other"), "--no-sign")).Require(ExitCode.NotVerified, "digest-mismatch");
        (await up.Bob.RunAsync("get", document, "--digest", "abc", "--no-sign")).Require(ExitCode.Usage, "invalid-digest");
    }

    [Theory]
    [InlineData("cat $f >> $f.more; cat $f.more >> $f")]
    [InlineData("touch -r $f $f.time; head -c 8388608 /dev/zero > $f; touch -r $f.time $f")]
    [InlineData("cp -p $f $f.new; head -c 1 /dev/zero | dd of=$f.new conv=notrunc status=none; touch -r $f $f.new; mv $f.new $f")]
    [InlineData(": > $f")]
    public async Task Put_FileThatChangesWhileItIsRead_IsRefusedAndNotDeposited(string change)
    {
        var source = workspace.MakeFile("growing.bin", 8 << 20);
        await using var proxy = await StallingProxy.StartAsync(1 << 20);
        var running = up.Alice.With("http_proxy", proxy.Url).Start("put", source, "--open");
        await proxy.Stalled.WaitAsync(Stop);
        await BuiltCommand.ShellAsync($"f={source}; {change}");
        proxy.Release();

        var run = (await BuiltCommand.EndAsync(running)).Require(ExitCode.LocalFile, "file-changed");

        Assert.Contains("changed while it was read", run.Error, StringComparison.Ordinal);
        var mine = (await up.Alice.RunAsync("list", "--mine", "--json")).Answer["documents"]!.AsArray();
        Assert.DoesNotContain(
            mine,
            document => document!["name"]!.ToString() == "growing.bin" && document["state"]!.ToString() != "Dropped"
        );
    }

    [Fact]
    public async Task Profile_JsonWithAByteOrderMark_IsRead()
    {
        var home = workspace.At("home");
        CopyFolder(up.Alice.Home, home);
        foreach (var file in Directory.EnumerateFiles(home, "*.json", SearchOption.AllDirectories))
        {
            await File.WriteAllBytesAsync(file, [0xEF, 0xBB, 0xBF, .. await File.ReadAllBytesAsync(file, Stop)], Stop);
        }

        _ = (await up.Alice.With("FAIRSHARE_HOME", home).RunAsync("list", "--mine", "--json")).Answer;
    }

    [Fact]
    public async Task List_WithoutAHome_IsRefusedAndWritesNothingHere()
    {
        var here = Directory.CreateDirectory(workspace.At("here")).FullName;
        var set = $"cd {here}; unset FAIRSHARE_HOME";
        (await up.Alice.RunAfterAsync($"{set}; HOME=; export HOME", "list")).Require(ExitCode.Usage, "no-home");
        (await up.Alice.RunAfterAsync($"{set}; HOME=relative; export HOME", "list")).Require(ExitCode.Usage, "no-home");
        (await up.Alice.RunAfterAsync($"{set}; unset HOME", "list")).Require(ExitCode.Usage, "no-home");
        (await up.Alice.With("FAIRSHARE_HOME", "").RunAsync("list")).Require(ExitCode.Usage, "no-home");
        (await up.Alice.RunAfterAsync($"{set}; export FAIRSHARE_HOME=relative", "list")).Require(ExitCode.Usage, "no-home");
        Assert.Empty(Directory.EnumerateFileSystemEntries(here));
    }

    [Fact]
    public async Task Register_HomeThatCannotBeWritten_IsRefused()
    {
        using var disk = SmallDisk.Mount("1m,ro");
        Assert.SkipWhen(disk is null, "No disk can be mounted here: that takes root, and Linux.");
        var nobody = new BuiltCommand(Path.Combine(disk!.Folder, "home"));
        var run = await nobody.RunAsync("register", "nobody@up.example.com", "--service", up.Url);
        run.Require(ExitCode.LocalFile, "profile-not-writable");
    }

    [Fact]
    public async Task List_ServerThatNeverAnswers_IsFourAfterTheStatedTime()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var nobody = new BuiltCommand(workspace.At("nobody"));
        var service = $"http://{silent.LocalEndpoint}";
        var run = await nobody.RunAsync("register", "nobody@up.example.com", "--service", service, "--timeout", "2");
        run.Require(ExitCode.Unreachable, "no-answer");
        Assert.Contains("2 s", run.Error, StringComparison.Ordinal);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static string Digest(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static void CopyFolder(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var folder in Directory.EnumerateDirectories(from, "*", SearchOption.AllDirectories))
        {
            Directory.CreateDirectory(Path.Combine(to, Path.GetRelativePath(from, folder)));
        }

        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            File.Copy(file, Path.Combine(to, Path.GetRelativePath(from, file)));
        }
    }
}
