using System.CommandLine;
using FairShare.Audit.Findings;
using FairShare.Audit.Items;
using FairShare.Audit.Runs;
using FairShare.Cli.Output;
using FairShare.Cli.Sources;
using FairShare.Client.Log.Audit;
using FairShare.Contracts.Parties;
using FairShare.Core.Identifiers;

namespace FairShare.Cli.Commands.Log;

/// <summary><c>audit</c>: every token and every promise of a store, its table against its log.</summary>
internal static class AuditCommand
{
    private static readonly Option<string> Table = new("--table")
    {
        Description = "The table's items in DynamoDB's JSON, one a line; - is standard input. docs/log.md says how to get them.",
        HelpName = "FILE",
        Required = true,
    };

    private static readonly Option<string?> From = new("--from")
    {
        Description = "Verify exchanges opened from this time on.",
        HelpName = "TIME",
    };

    private static readonly Option<string?> To = new("--to")
    {
        Description = "Verify exchanges opened before this time.",
        HelpName = "TIME",
    };

    private static readonly Option<string?> Out = new("--out")
    {
        Description = "Also write audit.html, findings.jsonl and exchanges.csv to this folder.",
        HelpName = "DIR",
    };

    private static readonly string[] Written = ["exchanges.csv", "audit.html", "findings.jsonl"];

    public static Command Create(CommandRunner runner) =>
        runner.Attach(
            new Command(
                "audit",
                "Verify every token of a store's table, what the protocol promises of each exchange, and the log against it."
            )
            {
                Table,
                From,
                To,
                Out,
                TrustOptions.StoreKey,
                LogOptions.Service,
                LogOptions.Key,
            },
            RunAsync
        );

    private static async Task<CommandResult> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var (log, key, isLogAnchored) = await LogOptions.OpenAsync(context, cancellationToken);
        var described = await context.Api(LogOptions.ServiceOf(context)).CallAsync(PartyRoutes.DescribeService, cancellationToken);
        var given = context.Arguments.GetValue(TrustOptions.StoreKey) ?? [];
        var options = new AuditOptions(
            PartyId.Parse(described.Ttp),
            (given.Length > 0 ? given : described.Keys.Select(store => store.Kid)).ToHashSet(),
            key,
            TimeOption.Read(context, From) ?? DateTimeOffset.UnixEpoch,
            TimeOption.Read(context, To) ?? DateTimeOffset.MaxValue,
            context.Time.GetUtcNow()
        );
        var folder = context.Arguments.GetValue(Out);
        foreach (var name in folder is null ? [] : Written)
        {
            NewFile.Require(Path.Combine(folder!, name));
        }

        await using var exchanges = folder is null ? TextWriter.Null : NewFile.Create(Path.Combine(folder, Written[0]));
        await exchanges.WriteLineAsync("exchange,state,openedAt");
        using var work = new SqliteWork();
        var audit = new EvidenceAudit(
            options,
            AuditScope.Whole,
            work,
            (id, state, openedAt) =>
            {
                lock (exchanges)
                {
                    exchanges.WriteLine($"{id},{state},{openedAt}");
                }
            }
        );
        using var table = Open(context.Arguments.GetRequiredValue(Table));
        var began = context.Time.GetTimestamp();
        var report = await audit.RunAsync(ExportedItems.ReadAsync(table, cancellationToken), new ReachedLog(log), cancellationToken);
        if (folder is not null)
        {
            await NewFile.WriteAsync(Path.Combine(folder, Written[1]), AuditFiles.ToHtml(report), cancellationToken);
            await NewFile.WriteAsync(Path.Combine(folder, Written[2]), AuditFiles.ToJsonLines(report), cancellationToken);
        }

        return AuditAnswer.Of(report, context.Time.GetElapsedTime(began), given.Length > 0 && isLogAnchored);
    }

    private static StreamReader Open(string path) =>
        path == "-" ? new StreamReader(Input.OpenStandard())
        : File.Exists(path) ? new StreamReader(path)
        : throw new CommandException(ExitCode.LocalFile, "file-not-found", $"{path} is not a file.", "Give the table's export.");
}
