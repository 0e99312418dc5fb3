using System.Globalization;
using FairShare.Testing;

namespace FairShare.Scenarios.Tests.Mutation;

/// <summary>How exchanges must have ended, by what the parties did.</summary>
internal static class EndingRules
{
    // The workflow waits 45 seconds longer than the deadline.
    private static readonly TimeSpan Overdue = TimeSpan.FromMinutes(2);

    /// <summary>Judges a run that has come to rest.</summary>
    public static void Judge(MutationWorld world, Picture picture, IReadOnlyList<(TestParty Party, string Text)> messages, Breaks breaks)
    {
        foreach (var document in picture.Documents.Where(document => document.IsAborted && !HasAborted(world, document)))
        {
            breaks(Promise.EndedByRight, document.Id, "the document is aborted, and not by its uploader");
        }

        foreach (var exchange in picture.Exchanges)
        {
            var document = picture.Documents.FirstOrDefault(one => one.Id == exchange.Document);
            var isAborted = document is not null && HasAborted(world, document);
            JudgeLost(world, exchange, isAborted, breaks);
            JudgeRight(exchange, isAborted, breaks);
            if (exchange.Ending is null)
            {
                JudgeOpen(world, exchange, isAborted, breaks);
            }
            else if (!Messages.BringBoth(messages, exchange))
            {
                breaks(Promise.NothingLost, exchange.Id, $"is {exchange.State}, and the queues do not bring it to both");
            }
        }
    }

    private static bool HasAborted(MutationWorld world, SeenDocument document) =>
        world.Sight.Given.Any(given =>
            given.Answer is { Method: "POST" }
            && given.Answer.Path.EndsWith($"/documents/{document.Id}/abort", StringComparison.Ordinal)
            && given.Party.Id.ToString() == document.Uploader
        );

    private static bool WasTaken(MutationWorld world, string exchange, string call) =>
        world.Sight.Given.Any(given =>
            given.Answer is { Method: "POST", Status: 200 or 202 }
            && given.Answer.Path.EndsWith($"/exchanges/{exchange}/{call}", StringComparison.Ordinal)
        );

    private static void JudgeLost(MutationWorld world, SeenExchange exchange, bool isAborted, Breaks breaks)
    {
        if (exchange is { Opening: null, Ending: null })
        {
            breaks(Promise.NothingLost, exchange.Id, "was answered, and does not exist");
        }

        if (exchange.IsCompleted && world.Sight.OpenAtAbort.Contains(exchange.Id))
        {
            breaks(Promise.NothingLost, exchange.Id, "has completed after the abort of its document was answered");
        }

        if (WasTaken(world, exchange.Id, "receipt") && !exchange.IsCompleted && !isAborted)
        {
            breaks(Promise.NothingLost, exchange.Id, $"its receipt was accepted, and it is {exchange.State}");
        }

        if (WasTaken(world, exchange.Id, "decline") && exchange.State is not ("Declined" or "Aborted"))
        {
            breaks(Promise.NothingLost, exchange.Id, $"its refusal was accepted, and it is {exchange.State}");
        }
    }

    private static void JudgeRight(SeenExchange exchange, bool isAborted, Breaks breaks)
    {
        if (exchange is { State: "Aborted", Opening: not null } && !isAborted)
        {
            breaks(Promise.EndedByRight, exchange.Id, "is aborted, and A has aborted nothing");
        }

        if (exchange.State == "Expired" && TimeOf(exchange.Ending, "endedAt") < exchange.Challenge.Statement.Due)
        {
            breaks(Promise.EndedByRight, exchange.Id, "has expired before its deadline");
        }
    }

    private static void JudgeOpen(MutationWorld world, SeenExchange exchange, bool isAborted, Breaks breaks)
    {
        if (isAborted)
        {
            breaks(Promise.Timeliness, exchange.Id, "A has aborted, and it does not end");
        }

        if (exchange.Opening is not null && world.Time.GetUtcNow() > exchange.Challenge.Statement.Due + Overdue)
        {
            breaks(Promise.Timeliness, exchange.Id, "its deadline has passed, and it does not end");
        }
    }

    private static DateTimeOffset TimeOf(Dictionary<string, Amazon.DynamoDBv2.Model.AttributeValue>? row, string name) =>
        DateTimeOffset.Parse(Picture.Text(row, name), CultureInfo.InvariantCulture);
}
