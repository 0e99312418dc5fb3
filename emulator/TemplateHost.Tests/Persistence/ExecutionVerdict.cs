using System.Text.Json.Nodes;

namespace TemplateHost.Tests.Persistence;

/// <summary>
/// Holds one execution against its definition: ended once, as demanded, with a history that has no gap, and no timer early or late.
/// </summary>
internal sealed class ExecutionVerdict(ExecutionKind kind, string name, JsonObject execution, List<JsonNode> history)
{
    public void Tell(HostLives lives, Tally tally)
    {
        if (execution["status"]!.ToString() != "SUCCEEDED" || (kind.Output is { } output && execution["output"]!.ToString() != output))
        {
            tally.Wrong.Add($"{kind.Name} {name} ended as {execution.ToJsonString()}");
        }

        var numbers = history.Select(item => item["id"]!.GetValue<int>()).ToList();
        if (
            !numbers.SequenceEqual(Enumerable.Range(1, history.Count))
            || !Follows(history.ConvertAll(TypeOf))
            || history.Any(item => item["previousEventId"]!.GetValue<int>() >= item["id"]!.GetValue<int>())
        )
        {
            tally.Wrong.Add(
                $"{kind.Name} {name} has the history {string.Join(' ', history.Select(item => $"{item["id"]}:{TypeOf(item)}"))}"
            );
        }

        foreach (var timer in Timers())
        {
            tally.Timer($"{timer.What} of {kind.Name} {name}", timer.Due, timer.Fired, lives, timer.Promised);
        }
    }

    private static string TypeOf(JsonNode item) => item["type"]!.ToString();

    // Events have whole milliseconds.
    private static DateTimeOffset TimeOf(JsonNode item) =>
        DateTimeOffset.FromUnixTimeMilliseconds((long)Math.Round(item["timestamp"]!.GetValue<double>() * 1000));

    private bool Follows(List<string> types)
    {
        if (!kind.InOrder)
        {
            return kind.Events.Order(StringComparer.Ordinal).SequenceEqual(types.Order(StringComparer.Ordinal));
        }

        var at = 0;
        foreach (var expected in kind.Events)
        {
            if (at < types.Count && types[at] == expected.TrimEnd('?'))
            {
                at++;
            }
            else if (!expected.EndsWith('?'))
            {
                return false;
            }
        }

        return at == types.Count;
    }

    private IEnumerable<HistoryTimer> Timers() =>
        kind.Name switch
        {
            "waits" => Waits(),
            "retries" => Between("TaskFailed", "TaskScheduled")
                .Take(2)
                .Select((pause, attempt) => new HistoryTimer("backoff", pause.From.AddSeconds(1 << attempt), pause.To)),
            "branches" => BranchWaits(),
            "timeouts" or "heartbeats" => Between("TaskScheduled", "TaskTimedOut")
                .Select(wait => AtFirst(kind.Name, wait.From, 2, wait.To)),
            _ => [],
        };

    private IEnumerable<HistoryTimer> Waits()
    {
        var input = JsonNode.Parse(execution["input"]!.ToString())!;
        var waits = Between("WaitStateEntered", "WaitStateExited").ToList();
        if (waits.Count == 0)
        {
            yield break;
        }

        yield return AtFirst("wait by seconds", waits[0].From, input["seconds"]!.GetValue<int>(), waits[0].To);
        if (waits.Count > 1)
        {
            var until = DateTimeOffset.Parse(input["until"]!.ToString(), System.Globalization.CultureInfo.InvariantCulture);
            yield return new HistoryTimer("wait by time", until > waits[1].From ? until : waits[1].From, waits[1].To);
        }
    }

    private IEnumerable<HistoryTimer> BranchWaits()
    {
        foreach (var entry in history.Where(item => TypeOf(item) == "WaitStateEntered"))
        {
            var state = entry["stateEnteredEventDetails"]!;
            var seconds =
                state["name"]!.ToString() == "One"
                    ? 2
                    : int.Parse(state["input"]!.ToString(), System.Globalization.CultureInfo.InvariantCulture);
            var left = history.Find(item =>
                TypeOf(item) == "WaitStateExited" && item["previousEventId"]!.ToString() == entry["id"]!.ToString()
            );
            yield return AtFirst("wait of a branch", TimeOf(entry), seconds, left is null ? null : TimeOf(left));
        }
    }

    /// <summary>
    /// A timer of a state that nothing comes before: a host that forgot when it was entered would enter it anew, so it counts from the
    /// start.
    /// </summary>
    private HistoryTimer AtFirst(string what, DateTimeOffset entered, int seconds, DateTimeOffset? fired) =>
        new(what, entered.AddSeconds(seconds), fired) { Promised = TimeOf(history[0]).AddSeconds(seconds) };

    /// <summary>Each event of one type, and the next of another after it.</summary>
    private IEnumerable<(DateTimeOffset From, DateTimeOffset? To)> Between(string from, string to) =>
        history
            .FindAll(item => TypeOf(item) == from)
            .Select(start =>
            {
                var end = history.Find(item => TypeOf(item) == to && item["id"]!.GetValue<int>() > start["id"]!.GetValue<int>());
                return (TimeOf(start), end is null ? (DateTimeOffset?)null : TimeOf(end));
            });

    private sealed record HistoryTimer(string What, DateTimeOffset Due, DateTimeOffset? Fired)
    {
        public DateTimeOffset Promised { get; init; } = Due;
    }
}
