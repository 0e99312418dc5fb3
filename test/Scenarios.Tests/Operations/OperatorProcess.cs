using System.Diagnostics;
using FairShare.Testing;
using Xunit;

namespace FairShare.Scenarios.Tests.Operations;

/// <summary>Programs of an operator, with the rights of the host's root, that call the host as if it were AWS.</summary>
internal static class OperatorProcess
{
    /// <summary>Runs a program to its end; it must succeed.</summary>
    /// <returns>What it printed.</returns>
    public static async Task<string> RunAsync(TestHost host, string folder, string program, params IEnumerable<string> arguments)
    {
        var start = StartOf(host, folder, program, arguments);
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var (printed, said) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{string.Join(' ', start.ArgumentList)}: {await said}\n{await printed}");
        return await printed;
    }

    /// <summary>How such a program is started.</summary>
    public static ProcessStartInfo StartOf(TestHost host, string folder, string program, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var (id, secret) = host.Embedded.RootCredentials;
        foreach (
            var (name, value) in new[]
            {
                ("AWS_ACCESS_KEY_ID", id),
                ("AWS_SECRET_ACCESS_KEY", secret),
                ("AWS_DEFAULT_REGION", "us-east-1"),
                ("AWS_ENDPOINT_URL", host.Embedded.AwsUrl),
                ("AWS_CONFIG_FILE", Path.Combine(folder, "none")),
                ("AWS_PAGER", ""),
                ("AWS_EC2_METADATA_DISABLED", "true"),
            }
        )
        {
            start.Environment[name] = value;
        }

        return start;
    }

    /// <summary>Whether Python has a module.</summary>
    public static async Task<bool> HasModuleAsync(string module)
    {
        using var process = Process.Start(new ProcessStartInfo("python3", ["-c", $"import {module}"]) { RedirectStandardError = true });
        await process!.WaitForExitAsync();
        return process.ExitCode == 0;
    }
}
