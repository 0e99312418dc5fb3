using System.CommandLine;
using System.Diagnostics;
using System.Text.Json.Nodes;
using FairShare.Cli.Commands.Exchange;
using FairShare.Cli.Demo;
using FairShare.Cli.Hosting;
using FairShare.Cli.Hosting.Web;
using FairShare.Cli.Output;
using FairShare.Client.Files;
using FairShare.Exchange.Evidence;
using FairShare.Timestamps.Tokens;
using TemplateHost.Hosting;

namespace FairShare.Cli.Commands.Hosting;

/// <summary><c>demo</c>: a whole exchange on a host of its own, verified offline.</summary>
internal static class DemoCommand
{
    private static readonly Argument<string?> File = new("file")
    {
        Description = "What Alice sends (default: a sample).",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<string?> Out = new("--out")
    {
        Description = "Keep the evidence and the received file in this empty folder.",
        HelpName = "DIR",
    };

    private static readonly TimeSpan MeterWindow = TimeSpan.FromSeconds(20);

    private static readonly Option<bool> Meter = new("--meter")
    {
        Description = "Show every billable operation and what a million exchanges cost.",
    };

    private static readonly Option<bool> Web = new("--web")
    {
        Description = "Leave the service open afterwards, filled, with its web page and what to sign in with, until interrupted.",
    };

    public static Command Create(CommandRunner runner) =>
        runner.Attach(
            new Command("demo", "Run a whole exchange between Alice and Bob, and verify it.")
            {
                File,
                Out,
                HostOptions.Functions,
                Meter,
                Web,
                PageOption.Folder,
                DeadlineOption.Deadline,
                VaultDemoCommand.Create(runner),
                BackupDemoCommand.Create(runner),
            },
            RunAsync
        );

    private static async Task<CommandResult> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var (given, deadline) = (context.Arguments.GetValue(File), DeadlineOption.Read(context));
        if (given is not null && !System.IO.File.Exists(given))
        {
            throw new CommandException(
                ExitCode.LocalFile,
                "file-not-found",
                $"{given} is not a file.",
                "Give another path, or none for a sample."
            );
        }

        var page = PageOf(context);
        using var folders = new DemoFolders(context.Arguments.GetValue(Out));
        var options = new EmbeddedHostOptions
        {
            DataDirectory = folders.Data,
            FunctionsDirectory = HostOptions.FunctionsOf(context),
            // What enters the log does so in batches, and is no part of what one exchange uses: it waits until that has been read.
            LongestBatchingWindow = context.Arguments.GetValue(Meter) ? MeterWindow : TimeSpan.Zero,
        };
        await using var host = await HostTemplate.StartAsync(options, context.Terminal, cancellationToken);
        var narrator = new DemoNarrator(context.Terminal.Output, context.Json);
        narrator.Say($"Host: API {host.ApiUrl}, AWS endpoint {host.AwsUrl}");
        var memory = Memory();
        var file = given is null ? folders.MakeSample("agreement.txt", context.Time.GetUtcNow()) : Path.GetFullPath(given);
        var filling = page is null ? null : new DemoFilling(folders, context.Time);
        var outcome = await new DemoRun(host, folders, narrator, context.Terminal, context.Time, filling).RunAsync(
            new PutSource(file, MediaTypes.Of(file)),
            deadline,
            context.Arguments.GetValue(Meter),
            cancellationToken
        );
        if (outcome.Holds && context.Arguments.GetValue(Out) is not null)
        {
            Remember(outcome, folders.Out, context);
        }

        var described = Describe(outcome, narrator, memory, context.Arguments.GetValue(Out));
        return page is null || !outcome.Holds
            ? described
            : await new DemoPage(context, page, host).ServeAsync(described, outcome.Logins, cancellationToken);
    }

    // The host's key goes with the host. Who ran it knows the key from here, and not from the evidence.
    private static void Remember(DemoRun.Outcome outcome, string kept, CommandContext context)
    {
        try
        {
            var keys = outcome.Verdict.Anchor!.Keys.Select(key => key.ToString()).ToList();
            var store = $"{outcome.Verdict.Statement!.Store}";
            context.Profile.Demonstrations.Write(
                new(store, keys, kept, context.Time.GetUtcNow())
                {
                    LogKeys = outcome.Log is { } log ? [log.Key] : null,
                    StampKeys = outcome.Log?.Stamp is { } stamp
                        ? [$"{TimestampToken.ParseAnswer(stamp).Certificate.Key.Thumbprint}"]
                        : null,
                }
            );
        }
        catch (Exception fault) when (fault is FolderProblem or CommandException or InvalidDataException)
        {
            context.Terminal.Error.WriteLine($"The store's key is not kept in the profile: {TerminalText.Of(fault.Message)}");
        }
    }

    // A page that would be ignored was meant to be served.
    private static PageFolder? PageOf(CommandContext context) =>
        context.Arguments.GetValue(Web) ? PageOption.Require(context)
        : context.Arguments.GetValue(PageOption.Folder) is null ? null
        : throw new CommandException(ExitCode.Usage, "usage", "--page does not go without --web.", "Give --web, or leave it out.");

    private static CommandResult Describe(DemoRun.Outcome outcome, DemoNarrator narrator, long memory, string? kept)
    {
        var peak = PeakMemory();
        List<string> lines =
        [
            .. Checks.Lines([
                .. outcome.Verdict.Checks,
                .. outcome.Logged,
                new EvidenceCheck("document.bytes", outcome.SameBytes, "what Bob has is what Alice sent"),
            ]),
            $"API calls of both parties: {outcome.Calls.Count}; memory of client and host together: {memory >> 20} MiB "
                + $"before, {peak >> 20} MiB at most",
        ];
        if (outcome.MeteredNext is { } next)
        {
            lines.AddRange(outcome.Calls.Select(call => $"  {call}"));
            lines.AddRange(MeterReading.Table(outcome.Metered, next));
        }

        lines.Add(
            outcome.Holds
                ? $"Everything verified, by the store {outcome.Verdict.Statement?.Store} with a key {outcome.Verdict.Anchor?.Source}."
                : "REFUSED."
        );
        if (outcome.Holds && kept is not null)
        {
            lines.Add(
                $"To check it again: fairshare verify {kept} --store-key {string.Join(" --store-key ", outcome.Verdict.Anchor!.Keys)}"
            );
            lines.Add($"To hand it over: {Path.Combine(kept, DemoFolders.Bundle)}, which verifies here without a key.");
        }

        return new CommandResult(Json(outcome, narrator, memory, peak), lines, outcome.Holds ? ExitCode.Ok : ExitCode.NotVerified);
    }

    private static JsonObject Json(DemoRun.Outcome outcome, DemoNarrator narrator, long memory, long peak) =>
        new()
        {
            ["verified"] = outcome.Holds,
            ["steps"] = narrator.Steps,
            ["failed"] = new JsonArray([
                .. outcome.Verdict.Checks.Where(check => !check.Passed).Select(check => JsonValue.Create(check.Name)),
            ]),
            ["apiCalls"] = new JsonArray([.. outcome.Calls.Select(call => JsonValue.Create(call))]),
            ["memoryBefore"] = memory,
            ["memoryPeak"] = peak,
            ["meterFirst"] = outcome.Metered.ToJson(),
            ["meter"] = outcome.MeteredNext?.ToJson(),
        };

    private static long Memory()
    {
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64;
    }

    private static long PeakMemory()
    {
        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64;
    }
}
