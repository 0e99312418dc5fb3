using System.Text.Json.Nodes;
using FairShare.Cli.Output;
using TemplateHost.Hosting;

namespace FairShare.Cli.Commands.Hosting;

/// <summary>A host that a command serves until it is interrupted.</summary>
internal static class ServedHost
{
    /// <summary>Says where the host answers, and waits.</summary>
    /// <returns>What is said at the end.</returns>
    public static async Task<CommandResult> UntilInterruptedAsync(
        CommandContext context,
        string what,
        EmbeddedHost host,
        CancellationToken cancellationToken
    )
    {
        var json = new JsonObject { ["api"] = host.ApiUrl, ["aws"] = host.AwsUrl };
        new CommandResult(json, [$"{what}  {host.ApiUrl}", "Ctrl-C stops."]).Write(context.Terminal.Output, context.Json);
        await context.Terminal.Output.FlushAsync(cancellationToken);
        await UntilInterruptedAsync(context, cancellationToken);
        return new CommandResult(new JsonObject { ["stopped"] = true }, ["Stopped; everything acknowledged is kept."]);
    }

    /// <summary>Waits until the command is interrupted.</summary>
    public static async Task UntilInterruptedAsync(CommandContext context, CancellationToken cancellationToken)
    {
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, context.Time, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // This is how it is meant to end.
        }
    }
}
