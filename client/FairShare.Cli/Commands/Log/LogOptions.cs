using System.CommandLine;
using FairShare.Cli.Output;
using FairShare.Client.Log;
using FairShare.Contracts.Parties;
using FairShare.Log.Notes;

namespace FairShare.Cli.Commands.Log;

/// <summary>Which log, and by which key it is believed.</summary>
internal static class LogOptions
{
    public static Option<string?> Service { get; } =
        new("--service") { Description = "The service whose log it is (default: $FAIRSHARE_URL, else the profile's).", HelpName = "URL" };

    public static Option<string?> Key { get; } =
        new("--log-key")
        {
            Description =
                "The log's verifier key, learnt from elsewhere than the log (default: what the service says, which is its own word).",
            HelpName = "KEY",
        };

    /// <summary>The log, its key, and whether the key was given.</summary>
    public static async Task<(LogClient Log, NoteKey Key, bool IsAnchored)> OpenAsync(
        CommandContext context,
        CancellationToken cancellationToken
    )
    {
        var service = ServiceOf(context);
        var client = new LogClient(context.Connect(service.TrimEnd('/') + "/log"));
        if (context.Arguments.GetValue(Key) is { } given)
        {
            return (client, NoteKey.Parse(given), true);
        }

        var described = await context.Api(service).CallAsync(PartyRoutes.DescribeService, cancellationToken);
        return (client, NoteKey.Parse(described.Log.Keys[0]), false);
    }

    /// <summary>Whose log it is.</summary>
    public static string ServiceOf(CommandContext context) =>
        context.Arguments.GetValue(Service)
        ?? context.Environment.Service
        ?? context.Profile.Settings?.Service
        ?? throw new CommandException(ExitCode.Usage, "usage", "It is not said whose log it is.", "Give the service with --service URL.");

    /// <summary>What a verdict by the service's own word must add.</summary>
    public static IEnumerable<string> Caution(bool isAnchored, NoteKey key) =>
        isAnchored ? [] : [$"By the key that the service itself names. To be sure of it, give one that you know: --log-key '{key}'"];
}
