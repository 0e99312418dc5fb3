using System.Runtime.InteropServices;
using TemplateHost.Hosting;

namespace TemplateHost.Cli;

/// <summary>Runs one host until it is interrupted.</summary>
internal static class HostCommand
{
    private const int CannotStart = 1;
    private const int BadUsage = 2;

    /// <returns>The exit code: 0 when interrupted, 1 where the host cannot start, 2 for a command line that is none.</returns>
    public static async Task<int> RunAsync(string[] arguments, TextWriter output, TextWriter errors)
    {
        if (arguments is ["--help"])
        {
            await output.WriteLineAsync(CommandLine.Help);
            return 0;
        }

        try
        {
            await RunAsync(CommandLine.Parse(arguments), output);
            return 0;
        }
        catch (UsageException mistaken)
        {
            await errors.WriteLineAsync($"template-host: {mistaken.Message}\n{CommandLine.Help}");
            return BadUsage;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException or Deployment.DeploymentException)
        {
            await errors.WriteLineAsync($"template-host: {refused.Message}");
            return CannotStart;
        }
    }

    private static async Task RunAsync(CommandLine line, TextWriter output)
    {
        var interrupted = new TaskCompletionSource();
        using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Interrupt);
        using var broken = PosixSignalRegistration.Create(PosixSignal.SIGINT, Interrupt);
        var options = new EmbeddedHostOptions
        {
            DataDirectory = line.Data,
            ApiPort = line.Port,
            AwsPort = line.AwsPort,
            FunctionsDirectory = line.Functions,
            StackName = line.StackName,
            FunctionLog = (function, text) => Console.Error.WriteLine($"{function}: {text}"),
        };
        await using var host = await EmbeddedHost.StartAsync(options, await File.ReadAllTextAsync(line.Template));
        var announcement = new Announcement(host, line.Data, output, line.Json);
        host.Mailbox.Delivered += (_, mail) => announcement.Tell(mail);
        announcement.Tell();
        await interrupted.Task;

        void Interrupt(PosixSignalContext signal)
        {
            // The process ends by itself, once what was acknowledged is kept.
            signal.Cancel = true;
            interrupted.TrySetResult();
        }
    }
}
