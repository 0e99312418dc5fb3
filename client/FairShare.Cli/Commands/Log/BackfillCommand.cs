using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using FairShare.Cli.Output;
using FairShare.Client.Log.Audit;

namespace FairShare.Cli.Commands.Log;

/// <summary><c>log backfill</c>: what a lost stream kept from the log.</summary>
internal static class BackfillCommand
{
    private static readonly Option<string> Table = new("--table")
    {
        Description = "The table's items in DynamoDB's JSON, one a line; docs/log.md says how to get them.",
        HelpName = "FILE",
        Required = true,
    };

    private static readonly Option<string> Out = new("--out")
    {
        Description = "The folder for the events with which the sequencer is invoked.",
        HelpName = "DIR",
        Required = true,
    };

    public static Command Create(CommandRunner runner) =>
        runner.Attach(
            new Command(
                "backfill",
                "Find the tokens of a table that its log lacks, and write the events by which the sequencer enters them."
            )
            {
                Table,
                Out,
            },
            RunAsync
        );

    private static async Task<CommandResult> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var path = context.Arguments.GetRequiredValue(Table);
        if (!File.Exists(path))
        {
            throw new CommandException(ExitCode.LocalFile, "file-not-found", $"{path} is not a file.", "Give the table's export.");
        }

        using var table = new StreamReader(path);
        var events = await Backfill.FindAsync(table, cancellationToken);
        var folder = Path.GetFullPath(context.Arguments.GetRequiredValue(Out));
        var files = Enumerable
            .Range(1, events.Count)
            .Select(number => Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"event-{number:000}.json")))
            .Select(NewFile.Require)
            .ToList();
        foreach (var (file, one) in files.Zip(events))
        {
            await NewFile.WriteAsync(file, one.ToJsonString(), cancellationToken);
        }

        var items = events.Sum(one => one["Records"]!.AsArray().Count);
        var json = new JsonObject { ["items"] = items, ["events"] = new JsonArray([.. files.Select(file => (JsonNode)file)]) };
        return new CommandResult(
            json,
            items == 0
                ? ["The log has every token of the table."]
                :
                [
                    $"{items} items have tokens that the log lacks. Enter them with the operator's rights:",
                    .. files.Select(file => $"aws lambda invoke --function-name LogSequencerName --payload fileb://{file} /dev/null"),
                ]
        );
    }
}
