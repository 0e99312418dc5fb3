using System.Diagnostics;

namespace FairShare.Vault.Tests.Support;

/// <summary>Independent programs as oracles; a test that needs one says skipped where it is not installed.</summary>
internal static class Tools
{
    /// <summary>Skips the test where one of the programs is missing.</summary>
    public static void Require(params string[] names)
    {
        foreach (var name in names.Append("bash"))
        {
            Assert.SkipUnless(Find(name) is not null, $"{name} is not installed.");
        }
    }

    /// <summary>Runs a script of the shell; gives what it writes, and fails the test with its errors where it fails.</summary>
    public static async Task<byte[]> RunAsync(string script, byte[]? input = null, params string[] arguments)
    {
        var start = new ProcessStartInfo("bash", ["-euo", "pipefail", "-c", script, "bash", .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var writing = WriteAsync(process, input ?? []);
        using var output = new MemoryStream();
        await process.StandardOutput.BaseStream.CopyToAsync(output);
        await process.WaitForExitAsync();
        await writing;
        Assert.True(process.ExitCode == 0, $"{script}: {await errors}");
        return output.ToArray();
    }

    private static async Task WriteAsync(Process process, byte[] input)
    {
        try
        {
            await process.StandardInput.BaseStream.WriteAsync(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // The program ended before it had read everything; its exit code tells whether that was right.
        }
    }

    private static string? Find(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator)
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);
}
