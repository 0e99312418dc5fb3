using System.Diagnostics;
using FairShare.Client.Tests.Support;

namespace FairShare.Client.Tests.Backup;

/// <summary>Recovery without this project, as docs/backup.md tells it: zunfec, age, zstd and tar, and the passphrase.</summary>
[Collection(PeerFixture.Collection)]
public sealed class BackupRecoveryTests(PeerFixture peers) : IDisposable
{
    // Debian's zfec comes without the helpers of its command: these two are all that filefec takes from them.
    private const string Script = """
        import sys, types
        helpers = types.ModuleType("pyutil")
        helpers.fileutil, helpers.mathutil = types.ModuleType("pyutil.fileutil"), types.ModuleType("pyutil.mathutil")
        helpers.mathutil.pad_size = lambda size, count: -size % count
        helpers.mathutil.log_ceil = lambda count, base: (count - 1).bit_length()
        sys.modules.update({"pyutil": helpers, "pyutil.fileutil": helpers.fileutil, "pyutil.mathutil": helpers.mathutil})
        from zfec import filefec
        with open(sys.argv[1], "wb") as out:
            filefec.decode_from_files(out, [open(share, "rb") for share in sys.argv[2:]])
        """;

    private static readonly string[] Pythons = ["/usr/bin/python3", "python3"];

    private readonly Workspace workspace = new();

    public void Dispose() => workspace.Dispose();

    [Theory]
    [InlineData("ida")]
    [InlineData("sss")]
    public async Task Bodies_OfAnyMPeers_GiveTheFileWithOtherTools(string scheme)
    {
        AgeCommand.Require();
        var python = "";
        foreach (var one in Pythons)
        {
            python = python.Length == 0 && await SucceedsAsync(one, "-c", "import zfec") ? one : python;
        }

        Assert.SkipWhen(python.Length == 0, "zfec is not installed (python3-zfec).");
        var owner = await BackupOwner.JoinAsync(peers, workspace, "owner", "p1", "p2", "p3", "p4", "p5");
        var file = workspace.MakeFile("book.bin", 3_000_001);
        var backup = (await owner.RunAsync("backup", "create", file, "-m", "3", "--scheme", scheme))["backup"]!.ToString();
        var passphrase = (await owner.RunAsync("backup", "key", backup))["passphrase"]!.ToString();
        string[] from = scheme == "ida" ? ["p5", "p2", "p4"] : ["p5"];
        var bodies = new List<string>();
        foreach (var name in from)
        {
            var key = Assert.Single(await peers.ObjectsAsync(name, backup), one => one.EndsWith("body", StringComparison.Ordinal));
            var path = workspace.At($"{name}.fec");
            await peers.ChangeAsync(
                name,
                key,
                octets =>
                {
                    File.WriteAllBytes(path, octets);
                    return octets;
                }
            );
            bodies.Add(path);
        }

        var age = workspace.At("book.age");
        if (scheme == "ida")
        {
            Assert.True(await SucceedsAsync(python, ["-c", Script, age, .. bodies]), "zfec refuses the bodies.");
        }
        else
        {
            File.Move(bodies[0], age);
        }

        await AgeCommand.DecryptAsync(age, passphrase, workspace.At("out"));
        Assert.True(File.ReadAllBytes(file).AsSpan().SequenceEqual(File.ReadAllBytes(workspace.At("out", "book.bin"))));
    }

    private static async Task<bool> SucceedsAsync(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
