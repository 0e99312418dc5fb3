using FairShare.Local.Deployment;
using FairShare.Local.Hosting;

namespace FairShare.Cli.Hosting;

/// <summary>Starts the embedded host with the template that <c>cdk synth</c> wrote, delivered with the program.</summary>
internal static class HostTemplate
{
    /// <exception cref="CommandException">The host cannot start: a port or the data directory is taken, or the template cannot be honoured.</exception>
    public static async Task<EmbeddedHost> StartAsync(EmbeddedHostOptions options, CancellationToken cancellationToken)
    {
        if (options.FunctionsDirectory is { } functions && !Directory.Exists(functions))
        {
            throw new CommandException(ExitCode.LocalFile, "no-functions", $"{functions} is not a folder of published functions.", "Publish the functions first, and give their folder.");
        }

        var template = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "FairShare-dev.template.json"), cancellationToken);
        try
        {
            return await EmbeddedHost.StartAsync(options, template, cancellationToken);
        }
        catch (DeploymentException fault)
        {
            throw new CommandException(ExitCode.Defect, "template-not-honoured", fault.Message, "The host and the template of this program do not fit; rebuild both.");
        }
        catch (IOException fault)
        {
            throw new CommandException(ExitCode.LocalFile, "cannot-start", fault.Message, "Stop what holds the port or the folder, or give another --port, --aws-port or --data.");
        }
    }
}
