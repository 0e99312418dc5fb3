using System.Diagnostics;

namespace FairShare.Client.Tests.Support;

/// <summary>The commands that open a stored object without this project: <c>age -d | zstd -d | tar x</c>.</summary>
internal static class AgeCommand
{
    // age reads a passphrase from a terminal alone, which script gives it. The pauses let it switch the terminal's echo off before the
    // line comes; without them it may lose what was typed.
    private const string Script = """
        mkdir -p "$2"
        { sleep 1; printf '%s\n' "$1"; sleep 1; } | script -qec "age -d -o $2.zst $0" /dev/null >"$2.log" || { cat "$2.log" >&2; exit 1; }
        zstd -dqc "$2.zst" | tar x -C "$2"
        """;

    /// <summary>Skips the test where one of them is not installed.</summary>
    public static void Require()
    {
        foreach (var name in new[] { "age", "zstd", "tar", "script" })
        {
            var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
            Assert.SkipUnless(path.Any(folder => File.Exists(Path.Combine(folder, name))), $"{name} is not installed.");
        }
    }

    /// <summary>Opens an object by the code of an item without a password.</summary>
    public static Task ExtractAsync(string file, string code, string folder) =>
        DecryptAsync(file, code[2..].Replace("-", "", StringComparison.Ordinal), folder);

    /// <summary>Opens an object by its passphrase.</summary>
    public static async Task DecryptAsync(string file, string passphrase, string folder)
    {
        var start = new ProcessStartInfo("bash", ["-euo", "pipefail", "-c", Script, file, passphrase, folder])
        {
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var errors = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, errors);
    }
}
