using FairShare.Cli.Output;
using FairShare.Client.Tests.Support;
using TemplateHost.Testing;

namespace FairShare.Client.Tests.Cli.Built;

/// <summary>Nothing is opened and nothing signed before the document can be kept: by the built command, against <c>up</c>.</summary>
public sealed class SignLastTests(UpFixture up) : IClassFixture<UpFixture>, IDisposable
{
    private const int Size = 3 << 20;

    private readonly Workspace workspace = new();

    public void Dispose() => workspace.Dispose();

    [Fact]
    public async Task Get_WrongPassphrase_OpensNothing()
    {
        var bob = up.Bob.With("FAIRSHARE_PASSPHRASE", "another passphrase");
        await RefusedAsync(ExitCode.NoKey, "key-not-opened", await DepositAsync(), workspace.At("out"), bob);
        Assert.False(Directory.Exists(workspace.At("out")));
    }

    [Fact]
    public async Task Get_WithoutConsentAndTerminal_OpensNothing()
    {
        var document = await DepositAsync();
        (await up.Bob.RunAsync("get", document, "--out", workspace.Path)).Require(ExitCode.Usage, "no-consent");
        await OpenedNothingAsync(document);
    }

    [Theory]
    [InlineData("file")]
    [InlineData("folder")]
    [InlineData("dangling link")]
    [InlineData("pipe")]
    public async Task Get_NameTaken_OpensNothingAndLeavesIt(string by)
    {
        var document = await DepositAsync();
        var target = workspace.At("out", "contract.bin");
        await PlaceAsync(by, target);

        await RefusedAsync(ExitCode.LocalFile, "file-in-the-way", document, workspace.At("out"));

        Assert.True(new FileInfo(target).LinkTarget is not null || File.Exists(target) || Directory.Exists(target));
        Assert.False(File.Exists(workspace.At("victim")));
    }

    [Fact]
    public async Task Get_FolderThatIsAFile_OpensNothing()
    {
        workspace.MakeFile("file", 1);
        var document = await DepositAsync();
        await RefusedAsync(ExitCode.LocalFile, "folder-not-usable", document, workspace.At("file"));
        await RefusedAsync(ExitCode.LocalFile, "folder-not-usable", document, workspace.At("file", "below"));
    }

    [Fact]
    public async Task Get_ReadOnlyFileSystem_OpensNothing()
    {
        using var disk = SmallDisk.Mount("8m,ro");
        Assert.SkipWhen(disk is null, "No disk can be mounted here: that takes root, and Linux.");
        await RefusedAsync(ExitCode.LocalFile, "folder-not-usable", await DepositAsync(), disk!.Folder);
    }

    [Fact]
    public async Task Get_NoRoom_OpensNothingAndLeavesNothing()
    {
        // Enough for the document, and not for the margin.
        using var disk = SmallDisk.Mount($"{Size + (512 << 10)}");
        Assert.SkipWhen(disk is null, "No disk can be mounted here: that takes root, and Linux.");
        await RefusedAsync(ExitCode.LocalFile, "no-room", await DepositAsync(), disk!.Folder);
        Assert.Empty(Directory.EnumerateFileSystemEntries(disk.Folder));
    }

    [Theory]
    [InlineData("nro.jws")]
    [InlineData("keys.json")]
    [InlineData("x.part")]
    [InlineData("COM¹.txt")]
    [InlineData("CON .txt")]
    [InlineData("@me.txt")]
    [InlineData("255")]
    public async Task Get_DocumentOfAnyName_IsStoredAndVerified(string name)
    {
        name = name == "255" ? new string('n', 251) + ".txt" : name;
        var source = workspace.MakeFile("source", 100);
        var document = await up.DepositAsync(source, "--name", name);

        var got = (await up.Bob.RunAsync("get", document, "--out", workspace.At("out"), "--yes", "--json")).Answer;
        var exchange = got["exchangeId"]!.ToString();
        var evidence = (await up.Bob.RunAsync("evidence", exchange, "--out", workspace.At("evidence"), "--json")).Answer;

        Assert.Equal(await File.ReadAllBytesAsync(source, Stop), await File.ReadAllBytesAsync(got["path"]!.ToString(), Stop));
        Assert.Single(Directory.EnumerateFiles(workspace.At("out")));
        Directory.CreateDirectory(workspace.At("evidence", "document"));
        File.Move(got["path"]!.ToString(), workspace.At("evidence", "document", Path.GetFileName(got["path"]!.ToString())));
        var verified = (await up.Bob.RunAsync("verify", workspace.At("evidence"), "--json")).Answer;
        Assert.True(verified["verified"]!.GetValue<bool>() && verified["documentChecked"]!.GetValue<bool>());
        Assert.True(evidence["verified"]!.GetValue<bool>());
    }

    [Fact]
    public async Task Evidence_WhereADocumentIsCalledLikeIt_LeavesTheDocument()
    {
        var document = await up.DepositAsync(workspace.MakeFile("source", 100), "--name", "nro.jws");
        var got = (await up.Bob.RunAsync("get", document, "--out", workspace.At("out"), "--yes", "--json")).Answer;
        var before = await File.ReadAllBytesAsync(workspace.At("out", "nro.jws"), Stop);

        var run = await up.Bob.RunAsync("evidence", got["exchangeId"]!.ToString(), "--out", workspace.At("out"));

        run.Require(ExitCode.LocalFile, "file-in-the-way");
        Assert.Equal(before, await File.ReadAllBytesAsync(workspace.At("out", "nro.jws"), Stop));
        Assert.Single(Directory.EnumerateFiles(workspace.At("out")));
    }

    [Fact]
    public async Task Get_WithAnyUmask_WritesForItsOwnerAlone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no file modes.");
        var document = await DepositAsync();
        var run = await up.Bob.RunAfterAsync("umask 000", "get", document, "--out", workspace.At("new", "out"), "--yes", "--json");
        _ = run.Answer;
        Assert.All(
            Directory
                .EnumerateFileSystemEntries(up.Bob.Home, "*", SearchOption.AllDirectories)
                .Concat(Directory.EnumerateFileSystemEntries(workspace.At("new"), "*", SearchOption.AllDirectories))
                .Append(workspace.At("new")),
            path => Assert.Equal(Directory.Exists(path) ? "700" : "600", FileModes.Of(path))
        );
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private Task<string> DepositAsync() => up.DepositAsync(workspace.MakeFile("contract.bin", Size));

    private async Task RefusedAsync(int exitCode, string code, string document, string folder, BuiltCommand? person = null)
    {
        var run = await (person ?? up.Bob).RunAsync("get", document, "--out", folder, "--yes");
        run.Require(exitCode, code);
        Assert.Single(run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        await OpenedNothingAsync(document);
    }

    private async Task OpenedNothingAsync(string document) =>
        Assert.DoesNotContain(
            (await up.Bob.RunAsync("exchanges", "--json")).Answer["exchanges"]!.AsArray(),
            exchange => exchange!["fileId"]!.ToString() == document
        );

    private async Task PlaceAsync(string what, string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        switch (what)
        {
            case "file":
                await File.WriteAllTextAsync(path, "mine", Stop);
                break;
            case "folder":
                Directory.CreateDirectory(path);
                break;
            case "pipe":
                using (var make = System.Diagnostics.Process.Start("mkfifo", [path]))
                {
                    await make.WaitForExitAsync(Stop);
                }

                break;
            default:
                File.CreateSymbolicLink(path, workspace.At("victim"));
                break;
        }
    }
}
