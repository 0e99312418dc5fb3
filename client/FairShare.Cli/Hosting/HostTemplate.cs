using FairShare.Cli.Output;
using FairShare.Host;
using TemplateHost.Deployment;
using TemplateHost.Hosting;

namespace FairShare.Cli.Hosting;

/// <summary>Starts the embedded host with the template that <c>cdk synth</c> wrote, delivered with the program.</summary>
internal static class HostTemplate
{
    private const string OtherPort = "Give the API another port with --port; 0 takes a free one.";

    /// <exception cref="CommandException">The host cannot start: a port or the data directory is taken, or the template cannot be
    /// honoured.</exception>
    /// <param name="options">How to run the host.</param>
    /// <param name="terminal">Where faults are told.</param>
    /// <param name="cancellationToken">Stops the start.</param>
    /// <param name="callsLoopback">Whether webhooks may lead to this machine.</param>
    public static Task<EmbeddedHost> StartAsync(
        EmbeddedHostOptions options,
        Terminal terminal,
        CancellationToken cancellationToken,
        bool callsLoopback = false
    ) =>
        StartAsync(
            options,
            terminal,
            ServiceHost.StackName,
            (watched, template) =>
                ServiceHost.StartAsync(watched, callsLoopback ? LoopbackCalls.AllowIn(template) : template, cancellationToken),
            OtherPort,
            cancellationToken
        );

    /// <summary>The same of a peer of dispersed backups.</summary>
    /// <param name="options">How to run the host.</param>
    /// <param name="terms">What the peer says of itself.</param>
    /// <param name="terminal">Where faults are told.</param>
    /// <param name="cancellationToken">Stops the start.</param>
    /// <param name="portAdvice">What to do when the API's port is bad or taken.</param>
    /// <exception cref="CommandException">The host cannot start.</exception>
    public static Task<EmbeddedHost> StartPeerAsync(
        EmbeddedHostOptions options,
        PeerTerms terms,
        Terminal terminal,
        CancellationToken cancellationToken,
        string portAdvice = OtherPort
    ) =>
        StartAsync(
            options,
            terminal,
            PeerHost.StackName,
            (watched, template) => PeerHost.StartAsync(watched, terms, template, cancellationToken),
            portAdvice,
            cancellationToken
        );

    /// <summary>The same of a coordinator of standing work.</summary>
    /// <exception cref="CommandException">The host cannot start.</exception>
    public static Task<EmbeddedHost> StartCoordinatorAsync(
        EmbeddedHostOptions options,
        IReadOnlyList<string> owners,
        Terminal terminal,
        CancellationToken cancellationToken
    ) =>
        StartAsync(
            options,
            terminal,
            CoordinatorHost.StackName,
            (watched, template) => CoordinatorHost.StartAsync(watched, owners, template, cancellationToken),
            OtherPort,
            cancellationToken
        );

    private static async Task<EmbeddedHost> StartAsync(
        EmbeddedHostOptions options,
        Terminal terminal,
        string stack,
        Func<EmbeddedHostOptions, string, Task<EmbeddedHost>> start,
        string portAdvice,
        CancellationToken cancellationToken
    )
    {
        if (options.FunctionsDirectory is { } functions && !HasProgram(functions))
        {
            throw new CommandException(
                ExitCode.LocalFile,
                "no-functions",
                $"{functions} is not a folder of published functions: it has no program called bootstrap.",
                "Publish the functions first, and give their folder."
            );
        }

        var template = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, $"{stack}.template.json"), cancellationToken);
        try
        {
            return await start(Watched(options, terminal.Error), template);
        }
        catch (DeploymentException fault)
        {
            throw new CommandException(
                ExitCode.Defect,
                "template-not-honoured",
                fault.Message,
                "The host and the template of this program do not fit; rebuild both."
            );
        }
        catch (HostOptionException fault)
        {
            throw new CommandException(ExitCode.LocalFile, "cannot-start", fault.Message, NextAfter(fault.Option, portAdvice));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new CommandException(
                ExitCode.LocalFile,
                "cannot-start",
                fault.Message,
                "See that the folder can be written and has room, or give another with --data."
            );
        }
    }

    // One for all handlers, or one in a folder of each handler's name.
    private static bool HasProgram(string folder) =>
        Directory.Exists(folder)
        && Directory.EnumerateDirectories(folder).Prepend(folder).Any(place => IsProgram(Path.Combine(place, "bootstrap")));

    private static bool IsProgram(string path)
    {
        const UnixFileMode AnyExecute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        return File.Exists(path) && (OperatingSystem.IsWindows() || (File.GetUnixFileMode(path) & AnyExecute) != 0);
    }

    private static string NextAfter(string option, string portAdvice) =>
        option switch
        {
            nameof(EmbeddedHostOptions.ApiPort) => portAdvice,
            nameof(EmbeddedHostOptions.AwsPort) => "Give the AWS endpoint another port with --aws-port; 0 takes a free one.",
            _ => "Give another folder with --data, or stop the process that holds this one.",
        };

    // What a function logs and what a policy refuses is the first thing to read when something does not work. What went well,
    // and metrics, are for CloudWatch.
    private static EmbeddedHostOptions Watched(EmbeddedHostOptions options, TextWriter error) =>
        options with
        {
            FunctionLog = (function, line) =>
            {
                if (
                    !line.StartsWith("{\"_aws\"", StringComparison.Ordinal)
                    && !line.Contains("\"level\":\"INFO\"", StringComparison.Ordinal)
                )
                {
                    error.WriteLine($"{function}: {line}");
                }
            },
            Denied = error.WriteLine,
            // What the disk refuses is said in a line; all else is a defect, and where it came from helps.
            Fault = (where, fault) => error.WriteLine($"{where}: {(fault is IOException ? fault.Message : fault)}"),
        };
}
