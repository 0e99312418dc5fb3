using System.Text.Json.Nodes;

namespace TemplateHost.StepFunctions.Model;

/// <summary>Checks a definition as CreateStateMachine does, and gathers every fault with its place.</summary>
/// <param name="type">STANDARD or EXPRESS.</param>
internal sealed class DefinitionValidator(string type)
{
    /// <summary>How resources end that an express machine cannot wait for.</summary>
    private static readonly string[] Waiting = [".waitForTaskToken", ".sync", ".sync:2"];

    private readonly List<DefinitionFault> faults = [];
    private readonly HashSet<string> names = [];

    public IReadOnlyList<DefinitionFault> Validate(JsonObject machine)
    {
        ValidateMachine(machine, StateFields.Machine, "");
        return faults;
    }

    private void ValidateMachine(JsonObject machine, IReadOnlySet<string> fields, string at)
    {
        RefuseOthers(machine, fields, at);
        if (machine["States"] is not JsonObject states || states.Count == 0)
        {
            Add("SCHEMA_VALIDATION_FAILED", "The field 'States' is required and must not be empty.", at + "/States");
            return;
        }

        foreach (var (name, state) in states)
        {
            ValidateState(name, state, states, $"{at}/States/{name}");
        }

        if (machine["StartAt"] is not JsonValue start || !states.ContainsKey(start.ToString()))
        {
            Add("MISSING_TRANSITION_TARGET", $"Missing 'StartAt' target: {machine["StartAt"]}", at + "/StartAt");
            return;
        }

        foreach (var name in Unreachable(states, start.ToString()))
        {
            Add("MISSING_TRANSITION_TARGET", $"State \"{name}\" is not reachable.", $"{at}/States/{name}");
        }
    }

    private void ValidateState(string name, JsonNode? node, JsonObject siblings, string at)
    {
        if (!names.Add(name))
        {
            Add("DUPLICATE_STATE_NAME", $"The state name '{name}' is used twice.", at);
        }

        if (name.Length > 80 || node is not JsonObject state)
        {
            Add("SCHEMA_VALIDATION_FAILED", "A state is an object under a name of at most 80 characters.", at);
            return;
        }

        if (!StateFields.ByType.TryGetValue(state["Type"]?.ToString() ?? "", out var fields))
        {
            Add(
                "SCHEMA_VALIDATION_FAILED",
                $"The value '{state["Type"]}' is not a state type that the embedded host serves.",
                at + "/Type"
            );
            return;
        }

        RefuseOthers(state, fields, at);
        ValidateTargets(state, siblings, at);
        faults.AddRange(StateChecks.Check(state, at));
        var resource = state["Resource"]?.ToString() ?? "";
        if (type == "EXPRESS" && Array.Find(Waiting, ending => resource.EndsWith(ending, StringComparison.Ordinal)) is { } waiting)
        {
            Add("SCHEMA_VALIDATION_FAILED", $"Express state machine does not support '{waiting}' service integration", at + "/Resource");
        }

        foreach (var (branch, place) in Nested(state, at))
        {
            ValidateMachine(branch, StateFields.Branch, place);
        }
    }

    private void ValidateTargets(JsonObject state, JsonObject siblings, string at)
    {
        foreach (var (target, place) in Targets(state))
        {
            if (!siblings.ContainsKey(target))
            {
                Add("MISSING_TRANSITION_TARGET", $"Missing '{place[(place.LastIndexOf('/') + 1)..]}' target: {target}", at + place);
            }
        }

        if (
            state["Type"]!.ToString() is "Task" or "Pass" or "Wait" or "Parallel" or "Map"
            && state.ContainsKey("Next") == (state["End"]?.GetValue<bool>() is true)
        )
        {
            Add("SCHEMA_VALIDATION_FAILED", "A state needs either 'Next' or 'End': true.", at);
        }
    }

    private void RefuseOthers(JsonObject holder, IReadOnlySet<string> fields, string at)
    {
        foreach (var (name, _) in holder)
        {
            if (!fields.Contains(name))
            {
                Add("SCHEMA_VALIDATION_FAILED", $"Field '{name}' is not supported.", $"{at}/{name}");
            }
        }

        if (holder["QueryLanguage"]?.ToString() is { } language and not "JSONPath")
        {
            Add("SCHEMA_VALIDATION_FAILED", $"The query language '{language}' is not served by the embedded host.", at + "/QueryLanguage");
        }
    }

    private static IEnumerable<(JsonObject Machine, string Place)> Nested(JsonObject state, string at)
    {
        var branches = state["Branches"] as JsonArray ?? [];
        var all = branches
            .Select((branch, index) => (branch as JsonObject, $"{at}/Branches/{index}"))
            .Append((state["ItemProcessor"] as JsonObject, at + "/ItemProcessor"))
            .Append((state["Iterator"] as JsonObject, at + "/Iterator"));
        return all.Where(branch => branch.Item1 is not null).Select(branch => (branch.Item1!, branch.Item2));
    }

    private static IEnumerable<(string Target, string Place)> Targets(JsonObject state)
    {
        var lists = new[] { "Catch", "Choices" }.SelectMany(list =>
            (state[list] as JsonArray ?? []).Select((entry, index) => ((entry as JsonObject)?["Next"]?.ToString(), $"/{list}/{index}/Next"))
        );
        return lists
            .Append((state["Next"]?.ToString(), "/Next"))
            .Append((state["Default"]?.ToString(), "/Default"))
            .Where(target => target.Item1 is not null)
            .Select(target => (target.Item1!, target.Item2));
    }

    private static IEnumerable<string> Unreachable(JsonObject states, string start)
    {
        var reached = new HashSet<string>();
        var open = new Stack<string>([start]);
        while (open.TryPop(out var name))
        {
            if (states[name] is JsonObject state && reached.Add(name))
            {
                foreach (var (target, _) in Targets(state))
                {
                    open.Push(target);
                }
            }
        }

        return states.Select(state => state.Key).Where(name => !reached.Contains(name));
    }

    private void Add(string code, string message, string at) => faults.Add(new DefinitionFault(code, message, at.Length == 0 ? "/" : at));
}
