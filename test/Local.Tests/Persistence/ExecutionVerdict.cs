using System.Text.Json.Nodes;

namespace FairShare.Local.Tests.Persistence;

/// <summary>Holds one execution against its definition: ended once, as demanded, with a history that has no gap, and no timer early or late.</summary>
internal sealed class ExecutionVerdict(ExecutionKind kind, string name, JsonObject execution, List<JsonNode> history)
{
    public void Tell(HostLives lives, Tally tally)
    {
        if (execution["status"]!.ToString() != "SUCCEEDED" || (kind.Output is { } output && execution["output"]!.ToString() != output))
        {
            tally.Wrong.Add($"{kind.Name} {name} ended as {execution.ToJsonString()}");
        }

        var numbers = history.Select(item => item["id"]!.GetValue<int>()).ToList();
        if (!numbers.SequenceEqual(Enumerable.Range(1, history.Count)) || !Follows(history.ConvertAll(TypeOf))
            || history.Any(item => item["previousEventId"]!.GetValue<int>() >= item["id"]!.GetValue<int>()))
        {
            tally.Wrong.Add($"{kind.Name} {name} has the history {string.Join(' ', history.Select(item => $"{item["id"]}:{TypeOf(item)}"))}");
        }

        foreach (var (what, due, fired) in Timers())
        {
            tally.Timer($"{what} of {kind.Name} {name}", due, fired, lives);
        }
    }

    private static string TypeOf(JsonNode item) => item["type"]!.ToString();

    // Events have whole milliseconds; what is due later in one may show as early in it.
    private static DateTimeOffset TimeOf(JsonNode item) => DateTimeOffset.FromUnixTimeMilliseconds((long)Math.Round(item["timestamp"]!.GetValue<double>() * 1000));

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

    private IEnumerable<(string What, DateTimeOffset Due, DateTimeOffset? Fired)> Timers() => kind.Name switch
    {
        "waits" => Waits(),
        "retries" => Between("TaskFailed", "TaskScheduled", 1).Take(2).Select((pause, attempt) => ("backoff", pause.From.AddSeconds(1 << attempt), pause.To)),
        "branches" => BranchWaits(),
        "timeouts" or "heartbeats" => Between("TaskScheduled", "TaskTimedOut", 0).Select(wait => (kind.Name, wait.From.AddSeconds(2), wait.To)),
        _ => [],
    };

    private IEnumerable<(string What, DateTimeOffset Due, DateTimeOffset? Fired)> Waits()
    {
        var input = JsonNode.Parse(execution["input"]!.ToString())!;
        var waits = Between("WaitStateEntered", "WaitStateExited", 0).ToList();
        yield return ("wait by seconds", waits[0].From.AddSeconds(input["seconds"]!.GetValue<int>()), waits[0].To);
        if (waits.Count > 1)
        {
            var until = DateTimeOffset.Parse(input["until"]!.ToString(), System.Globalization.CultureInfo.InvariantCulture);
            yield return ("wait by time", until > waits[1].From ? until : waits[1].From, waits[1].To);
        }
    }

    private IEnumerable<(string What, DateTimeOffset Due, DateTimeOffset? Fired)> BranchWaits()
    {
        foreach (var exit in history.Where(item => TypeOf(item) == "WaitStateEntered"))
        {
            var state = exit["stateEnteredEventDetails"]!;
            var seconds = state["name"]!.ToString() == "One" ? 2 : int.Parse(state["input"]!.ToString(), System.Globalization.CultureInfo.InvariantCulture);
            var left = history.Find(item => TypeOf(item) == "WaitStateExited" && item["previousEventId"]!.ToString() == exit["id"]!.ToString());
            yield return ("wait of a branch", TimeOf(exit).AddSeconds(seconds), left is null ? null : TimeOf(left));
        }
    }

    /// <summary>Each event of one type, and the next of another after it; the last <paramref name="unpaired"/> need none.</summary>
    private IEnumerable<(DateTimeOffset From, DateTimeOffset? To)> Between(string from, string to, int unpaired)
    {
        var starts = history.FindAll(item => TypeOf(item) == from);
        return starts.Take(starts.Count - unpaired).Select(start =>
        {
            var end = history.Find(item => TypeOf(item) == to && item["id"]!.GetValue<int>() > start["id"]!.GetValue<int>());
            return (TimeOf(start), end is null ? (DateTimeOffset?)null : TimeOf(end));
        });
    }
}
