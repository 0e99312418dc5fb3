using System.Diagnostics;

namespace FairShare.Backup.Tests.Fec;

/// <summary>Against zfec itself (Debian's python3-zfec), where it is installed.</summary>
public sealed class ZfecTests : IDisposable
{
    // zfec's files come without its commands' helpers: these two are all that filefec takes from them.
    private const string Start = """
        import io, os, sys, types
        helpers = types.ModuleType("pyutil")
        helpers.fileutil, helpers.mathutil = types.ModuleType("pyutil.fileutil"), types.ModuleType("pyutil.mathutil")
        helpers.mathutil.pad_size = lambda size, count: -size % count
        helpers.mathutil.log_ceil = lambda count, base: (count - 1).bit_length()
        sys.modules.update({"pyutil": helpers, "pyutil.fileutil": helpers.fileutil, "pyutil.mathutil": helpers.mathutil})
        from zfec import filefec
        folder = sys.argv[1]

        """;

    private static readonly string[] Pythons = ["/usr/bin/python3", "python3"];
    private readonly string folder = Directory.CreateTempSubdirectory("fairshare-zfec-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [MemberData(nameof(Totals))]
    public async Task Split_ForEveryThreshold_IsWhatZfecMakes(int total)
    {
        for (var required = 1; required <= total; required++)
        {
            var file = FecFiles.Content(10_000 + (37 * required));
            await RunAsync(
                """
                data = sys.stdin.buffer.read()
                filefec.encode_to_files(io.BytesIO(data), len(data), folder, "share", int(sys.argv[2]), int(sys.argv[3]), overwrite=True)
                """,
                file,
                $"{required}",
                $"{total}"
            );
            var theirs = Directory.GetFiles(folder, "share.*.fec").Order(StringComparer.Ordinal).Select(File.ReadAllBytes);
            Assert.Equal(await FecFiles.SplitAsync(required, total, file), theirs);
        }
    }

    [Theory]
    [InlineData(2, 3, 1, 2)]
    [InlineData(3, 6, 5, 0, 4)]
    [InlineData(4, 10, 9, 8, 7, 6)]
    public async Task Split_OfAFile_IsJoinedByZfec(int required, int total, params int[] chosen)
    {
        var file = FecFiles.Content(70_001);
        var shares = await FecFiles.SplitAsync(required, total, file);
        foreach (var number in chosen)
        {
            await File.WriteAllBytesAsync(Path.Combine(folder, $"{number}"), shares[number], TestContext.Current.CancellationToken);
        }

        await RunAsync(
            """
            shares = [open(os.path.join(folder, number), "rb") for number in sys.argv[2:]]
            filefec.decode_from_files(open(os.path.join(folder, "joined"), "wb"), shares)
            """,
            [],
            [.. chosen.Select(number => $"{number}")]
        );
        Assert.Equal(file, await File.ReadAllBytesAsync(Path.Combine(folder, "joined"), TestContext.Current.CancellationToken));
    }

    public static TheoryData<int> Totals() => [.. Enumerable.Range(1, 10)];

    private async Task RunAsync(string script, byte[] input, params string[] arguments)
    {
        var python = Pythons.FirstOrDefault(name => Execute(name, ["-c", "import zfec"], []).ExitCode == 0);
        Assert.SkipWhen(python is null, "zfec is not installed (python3-zfec).");
        var (exitCode, error) = await Task.Run(() => Execute(python!, ["-c", Start + script, folder, .. arguments], input));
        Assert.True(exitCode == 0, error);
    }

    private static (int ExitCode, string Error) Execute(string program, string[] arguments, byte[] input)
    {
        try
        {
            var start = new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardInput = true };
            using var process = Process.Start(start)!;
            process.StandardInput.BaseStream.Write(input);
            process.StandardInput.Close();
            var error = process.StandardError.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, error);
        }
        catch (System.ComponentModel.Win32Exception missing)
        {
            return (-1, missing.Message);
        }
    }
}
