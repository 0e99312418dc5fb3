using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using FairShare.Cli.Output;
using FairShare.Client.Log;
using FairShare.Exchange.Evidence;

namespace FairShare.Cli.Commands.Log;

/// <summary><c>monitor</c>: follows a log, and says what is wrong with it.</summary>
internal static class MonitorCommand
{
    private static readonly Option<string> State = new("--state")
    {
        Description = "The file that keeps what was seen of the log.",
        HelpName = "FILE",
        Required = true,
    };

    private static readonly Option<bool> Once = new("--once") { Description = "Look once, and end." };

    private static readonly Option<int> Interval = new("--interval")
    {
        Description = "Seconds between two looks; 1 to 86400.",
        HelpName = "SECONDS",
        DefaultValueFactory = _ => 60,
    };

    private static readonly Option<string[]> Tokens = new("--token")
    {
        Description = "A file with a token of the store's, whose time is compared with when the log had it; repeat it for more.",
        HelpName = "FILE",
        DefaultValueFactory = _ => [],
    };

    public static Command Create(CommandRunner runner) =>
        runner.Attach(
            new Command("monitor", "Follow a log, and say whether it forks, shrinks, has gaps, or is backdated.")
            {
                State,
                Once,
                Interval,
                Tokens,
                LogOptions.Service,
                LogOptions.Key,
            },
            RunAsync
        );

    private static async Task<CommandResult> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var interval = context.Arguments.GetValue(Interval);
        if (interval is < 1 or > 86_400)
        {
            throw new CommandException(ExitCode.Usage, "usage", "--interval is a number from 1 to 86400.", "Give the seconds to wait.");
        }

        var (log, key, isAnchored) = await LogOptions.OpenAsync(context, cancellationToken);
        var (file, monitor) = (new SeenLogFile(context.Arguments.GetRequiredValue(State)), new LogMonitor(log, key, context.Time));
        while (true)
        {
            var (seen, findings) = await monitor.LookAsync(file.Read(), cancellationToken);
            file.Write(seen);
            List<LogFinding> all = [.. findings, .. await FindBackdatingAsync(context, log, seen, cancellationToken)];
            var result = Describe(seen, all, LogOptions.Caution(isAnchored, key));
            if (all.Count > 0 || context.Arguments.GetValue(Once))
            {
                return result;
            }

            result.Write(context.Terminal.Output, context.Json);
            await Task.Delay(TimeSpan.FromSeconds(interval), context.Time, cancellationToken);
        }
    }

    private static async Task<List<LogFinding>> FindBackdatingAsync(
        CommandContext context,
        LogClient log,
        SeenLog seen,
        CancellationToken cancellationToken
    )
    {
        var findings = new List<LogFinding>();
        foreach (var path in context.Arguments.GetValue(Tokens) ?? [])
        {
            var token = EvidenceToken.Parse((await File.ReadAllTextAsync(path, cancellationToken)).Trim());
            if (
                token.Statement.Gen is { } madeAt
                && await log.FindProofAsync(token.Hash, cancellationToken) is { } proof
                && seen.FindBackdating(proof.Index, madeAt) is { } finding
            )
            {
                findings.Add(finding);
            }
        }

        return findings;
    }

    private static CommandResult Describe(SeenLog seen, List<LogFinding> findings, IEnumerable<string> caution)
    {
        var json = new JsonObject
        {
            ["size"] = seen.Edge.Size,
            ["root"] = seen.Edge.Root().ToBase64(),
            ["findings"] = new JsonArray([
                .. findings.Select(finding => new JsonObject
                {
                    ["code"] = finding.Code,
                    ["detail"] = finding.Detail,
                    ["evidence"] = new JsonArray([.. finding.Evidence.Select(note => (JsonNode)note)]),
                }),
            ]),
        };
        var state = string.Create(CultureInfo.InvariantCulture, $"{seen.Edge.Size} leaves, root {seen.Edge.Root().ToBase64()}");
        return findings.Count == 0
            ? new CommandResult(json, [$"ok    {state}", .. caution])
            : new CommandResult(
                json,
                [
                    .. findings.SelectMany(finding =>
                        (IEnumerable<string>)[$"WRONG {finding.Code}: {finding.Detail}", .. finding.Evidence]
                    ),
                    $"What stands is what was seen before: {state}",
                ],
                ExitCode.NotVerified
            );
    }
}
