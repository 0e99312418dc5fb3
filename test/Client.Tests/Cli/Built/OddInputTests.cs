using FairShare.Cli.Output;
using FairShare.Client.Tests.Support;

namespace FairShare.Client.Tests.Cli.Built;

/// <summary>
/// What nobody means to give, and comes all the same: each is told what was wrong, by the right exit code, by the built command.
/// </summary>
[Collection(OddPeople.Name)]
public sealed class OddInputTests(UpFixture up) : IDisposable
{
    private readonly Workspace workspace = new();

    public void Dispose() => workspace.Dispose();

    [Fact]
    public async Task Put_InputThatIsClosed_IsRefused()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Whether a descriptor was closed is looked at on Linux only.");
        string[][] commands =
        [
            ["put", "-", "--name", "a", "--open"],
            ["put", "/dev/stdin", "--name", "a", "--open"],
            ["vault", "put", "-"],
            ["login", "--password-file", "/dev/stdin"],
        ];
        foreach (var command in commands)
        {
            (await up.Alice.RunAfterAsync("exec <&-", command)).Require(ExitCode.Usage, "no-input");
        }

        // A pipe that stands under another number too is none of those.
        using var piped = up.Alice.StartAfter("exec 7<&0", "put", "-", "--name", "a", "--open", "--json");
        await piped.StandardInput.WriteAsync("text");
        piped.StandardInput.Close();
        Assert.Equal(4, (await BuiltCommand.EndAsync(piped)).Answer["size"]!.GetValue<long>());
    }

    [Fact]
    public async Task Put_SourceThatIsNoDocument_IsNamedInPlainWords()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Sockets, devices and names that are not UTF-8 are as Linux has them.");
        var folder = Directory.CreateDirectory(workspace.At("odd")).FullName;
        using var socket = new System.Net.Sockets.Socket(
            System.Net.Sockets.AddressFamily.Unix,
            System.Net.Sockets.SocketType.Stream,
            System.Net.Sockets.ProtocolType.Unspecified
        );
        socket.Bind(new System.Net.Sockets.UnixDomainSocketEndPoint(workspace.At("socket")));
        (string Setup, string Source, int ExitCode, string Code, string Said)[] cases =
        [
            (":", "/", ExitCode.Usage, "root-folder", "root"),
            (":", "/proc/..", ExitCode.Usage, "root-folder", "root"),
            (":", workspace.At("socket"), ExitCode.LocalFile, "file-not-readable", "socket"),
            (":", "/dev/null", ExitCode.Usage, "no-name", "/dev/null"),
            (":", $"{workspace.At("socket")}/", ExitCode.LocalFile, "file-not-found", "socket"),
            ($"cd {workspace.Path}; set -- put --open \"$(printf 'odd\\377')\"", "", ExitCode.Usage, "not-utf8", "odd"),
            ($"cd {folder}; : > \"$(printf 'b\\377')\"", "..", ExitCode.LocalFile, "folder-not-archivable", "not UTF-8"),
        ];
        foreach (var (setup, source, exitCode, code, said) in cases)
        {
            var run = (await up.Alice.RunAfterAsync(setup, "put", source, "--open")).Require(exitCode, code);
            Assert.Contains(said, run.Error, StringComparison.Ordinal);
        }

        socket.Close();
        File.Delete(workspace.At("socket"));
        await BuiltCommand.ShellAsync($"rm -r {folder}/*; echo text > {folder}/a.txt");
        var put = (await up.Alice.RunAfterAsync($"cd {folder}", "put", ".", "--open", "--json")).Answer;
        Assert.Equal("odd.tar", put["name"]!.ToString());
        (await up.Alice.RunAsync("put", "/", "--name", "all", "--open")).Require(ExitCode.Usage, "root-folder");
    }

    [Fact]
    public async Task Command_WhereNothingCanBeWritten_SaysSoByItsExitCode()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "There is no /dev/full here.");
        Assert.Equal(ExitCode.LocalFile, (await up.Bob.RunAfterAsync("exec >/dev/full 2>/dev/full", "contacts", "list")).ExitCode);
        Assert.Equal(ExitCode.LocalFile, (await up.Bob.RunAfterAsync("exec >/dev/full 2>/dev/full", "--help")).ExitCode);
        Assert.Equal(ExitCode.Usage, (await up.Bob.RunAfterAsync("exec 2>/dev/full", "no-command")).ExitCode);
        var run = (await up.Bob.RunAfterAsync("exec >/dev/full", "contacts", "list")).Require(ExitCode.LocalFile, "output-not-written");
        Assert.Contains("is done", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Transfer_ThatDoesNotGoOn_IsFourAfterTheStatedTime()
    {
        var file = workspace.MakeFile("large.bin", 16 << 20);
        var document = await up.DepositAsync(file);
        await using var proxy = await StallingProxy.StartAsync(1 << 20);

        var put = await up.Alice.With("http_proxy", proxy.Url).RunAsync("put", file, "--open", "--timeout", "2");
        put.Require(ExitCode.Unreachable, "stalled");
        Assert.Contains("2 s", put.Error, StringComparison.Ordinal);

        string[] get = ["get", document, "--yes", "--out", workspace.At("out"), "--timeout", "2"];
        var got = await up.Bob.With("http_proxy", proxy.Url).RunAsync(get);
        got.Require(ExitCode.Unreachable, "stalled");
        Assert.Contains("the document is yours. When the service is up again, go on: fairshare get", got.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Command_ThatCannotBeMeant_SaysWhatToDoByTheRightExitCode()
    {
        var nobody = new BuiltCommand(workspace.At("nobody"));
        var file = workspace.MakeFile("file", 1);
        var id = await up.DepositAsync(file);
        (BuiltCommand Person, string[] Arguments, int ExitCode, string Code, string Next)[] cases =
        [
            (nobody, ["register", "notmail", "--service", up.Url], ExitCode.Usage, "invalid-email", "NAME@DOMAIN"),
            (nobody, ["confirm", "123456"], ExitCode.NotLoggedIn, "not-registered", "--email EMAIL"),
            (nobody, ["resend"], ExitCode.NotLoggedIn, "not-registered", "--email EMAIL"),
            (nobody, ["up", "--data", file, "--port", "0", "--aws-port", "0"], ExitCode.LocalFile, "cannot-start", "--data"),
            (up.Bob, ["abort", id], ExitCode.Refused, "not-your-document", "fairshare decline"),
            (up.Alice, ["get", id, "--yes", "--out", workspace.At("own")], ExitCode.Refused, "own-document", "fairshare list --mine"),
            (up.Bob, ["list", "--jsn"], ExitCode.Usage, "usage", "--json"),
        ];
        foreach (var (person, arguments, exitCode, code, next) in cases)
        {
            var run = (await person.RunAsync(arguments)).Require(exitCode, code);
            Assert.Contains(next, run.Error, StringComparison.Ordinal);
        }

        Assert.False(Directory.Exists(workspace.At("own")));
    }

    [Fact]
    public async Task Contacts_NameInAnyUnicodeForm_IsOneName()
    {
        var (person, _) = await up.JoinAsync();
        var line = (await up.Bob.RunAsync("whoami", "--json")).Answer["line"]!.ToString();
        var added = await person.RunAsync("contacts", "add", line, "--name", "Ju\u0308rgen");
        Assert.Contains("J\u00FCrgen is party", added.Output, StringComparison.Ordinal);
        Assert.Contains("composed", added.Output, StringComparison.Ordinal);

        // The same party by two names, and twice by one.
        string[] twice = ["--to", "ju\u0308rgen", "--to", "J\u00DCRGEN", "--to", up.BobsAddress];
        var put = (await person.RunAsync(["put", workspace.MakeFile("a.bin", 1), .. twice, "--json"])).Answer;
        _ = (await up.Bob.RunAsync("get", put["fileId"]!.ToString(), "--yes", "--out", workspace.At("out"), "--json")).Answer;
    }

    [Fact]
    public async Task Evidence_WhatStandsInTheWay_IsLeftAsItIs()
    {
        var document = await up.DepositAsync(workspace.MakeFile("contract.bin", 10));
        var got = (await up.Bob.RunAsync("get", document, "--yes", "--out", workspace.At("out"), "--json")).Answer;
        string[] evidence = ["evidence", got["exchangeId"]!.ToString(), "--out", workspace.At("to")];
        var other = Directory.CreateDirectory(workspace.At("other")).FullName;
        foreach (
            var way in new[]
            {
                $"ln -s {other} keys",
                "echo mine > verify.sh",
                "echo mine > keys",
                $"ln -s {other}/x nro.jws",
                "mkdir nrr.jws",
            }
        )
        {
            await BuiltCommand.ShellAsync($"rm -rf {workspace.At("to")}; mkdir {workspace.At("to")}; cd {workspace.At("to")}; {way}");
            var run = await up.Bob.RunAsync(evidence);
            Assert.True(run.ExitCode == ExitCode.LocalFile && run.Error.Contains("--out", StringComparison.Ordinal), way + run.Error);
            Assert.Single(Directory.EnumerateFileSystemEntries(workspace.At("to")));
            Assert.Empty(Directory.EnumerateFileSystemEntries(other));
        }

        (await up.Bob.RunAsync([.. evidence[..^1], workspace.At("out", "contract.bin")])).Require(ExitCode.LocalFile, "folder-not-usable");
        Directory.Delete(workspace.At("to"), recursive: true);
        _ = (await up.Bob.RunAsync([.. evidence, "--json"])).Answer;
        _ = (await up.Bob.RunAsync([.. evidence, "--json"])).Answer;
    }

    [Fact]
    public async Task Profile_FileCutInHalf_IsNamedWithOneWayOutThatLosesNothing()
    {
        var (person, address) = await up.JoinAsync();
        var key = Assert.Single(Directory.EnumerateFiles(Path.Combine(person.Home, "keys")));
        string[] deposit = ["put", workspace.MakeFile("a.bin", 1), "--open"];
        foreach (
            var (file, command, exitCode, code) in new[]
            {
                (key, deposit, ExitCode.NoKey, "key-damaged"),
                (Path.Combine(person.Home, "trust.json"), ["list"], ExitCode.LocalFile, "profile-damaged"),
                (Path.Combine(person.Home, "session.json"), ["list"], ExitCode.LocalFile, "profile-damaged"),
                (Path.Combine(person.Home, "profile.json"), ["list"], ExitCode.LocalFile, "profile-damaged"),
            }
        )
        {
            var whole = await File.ReadAllTextAsync(file, Stop);
            await File.WriteAllTextAsync(file, whole[..(whole.Length / 2)], Stop);
            var run = (await person.RunAsync(command)).Require(exitCode, code);
            Assert.Contains(file, run.Error, StringComparison.Ordinal);
            Assert.DoesNotContain("another path", run.Error, StringComparison.Ordinal);
            await File.WriteAllTextAsync(file, whole, Stop);
        }

        (await person.With("FAIRSHARE_PASSPHRASE", "another passphrase").RunAsync(deposit)).Require(ExitCode.NoKey, "key-not-opened");
        File.Delete(Path.Combine(person.Home, "profile.json"));
        var login = (await person.RunAsync("login", "--email", address, "--service", up.Url, "--json")).Answer;
        Assert.Equal(Path.GetFileNameWithoutExtension(key), login["kid"]!.ToString());
        _ = (await person.RunAsync([.. deposit, "--json"])).Answer;
        Assert.Single((await person.RunAsync("keys", "list", "--json")).Answer["keys"]!.AsArray());
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;
}
