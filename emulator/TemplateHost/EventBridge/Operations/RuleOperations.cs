using System.Text.Json.Nodes;
using TemplateHost.EventBridge.Model;
using TemplateHost.EventBridge.Storage;
using TemplateHost.Gateway;
using TemplateHost.Kernel;
using TemplateHost.Kernel.EventPatterns;
using TemplateHost.Kernel.JsonPaths;

namespace TemplateHost.EventBridge.Operations;

/// <summary>
/// PutRule, EnableRule, DisableRule, DeleteRule, DescribeRule, ListRules, PutTargets, RemoveTargets, ListTargetsByRule, TestEventPattern.
/// </summary>
internal sealed class RuleOperations(HostContext host)
{
    private const int MostTargets = 5;

    public async Task<JsonObject> PutAsync(JsonCall call)
    {
        var (bus, name) = Demand(call, "Name");
        var rule = new Rule(
            name,
            bus,
            ArnOf(bus, name),
            call.Input["EventPattern"]?.GetValue<string>() ?? "",
            call.Input["State"]?.ToString() != "DISABLED",
            call.Input["Description"]?.ToString(),
            []
        )
        {
            Schedule = call.Input["ScheduleExpression"]?.GetValue<string>(),
        };
        await PutAsync(rule, keepsTargets: true);
        return new JsonObject { ["RuleArn"] = rule.Arn };
    }

    /// <summary>Creates or changes a rule; the deployment's way in, too.</summary>
    /// <exception cref="AwsException">Its pattern or its schedule is malformed, or it has neither, or its bus does not exist.</exception>
    public Task<bool> PutAsync(Rule rule, bool keepsTargets)
    {
        CheckWhen(rule);
        return host.Store.WriteAsync(session =>
        {
            if (!EventTables.HasBus(session, rule.Bus))
            {
                throw new AwsException("ResourceNotFoundException", $"Event bus {rule.Bus} does not exist.");
            }

            var existing = EventTables.Rule(session, rule.Bus, rule.Name);
            EventTables.Put(session, keepsTargets && existing is not null ? rule with { Targets = existing.Targets } : rule);
            if (existing?.Schedule != rule.Schedule)
            {
                _ = rule.Schedule is { } rate
                    ? ScheduleTable.Put(session, rule.Name, host.Time.GetUtcNow() + RateExpression.Parse(rate))
                    : ScheduleTable.Delete(session, rule.Name);
            }

            return true;
        });
    }

    private static void CheckWhen(Rule rule)
    {
        if (rule.Pattern.Length > 0)
        {
            Parse(rule.Pattern);
        }

        if (rule.Schedule is null && rule.Pattern.Length == 0)
        {
            throw new AwsException("ValidationException", "Parameter(s) EventPattern or ScheduleExpression must be specified.");
        }

        if (rule.Schedule is not null && rule.Bus != "default")
        {
            throw new AwsException("ValidationException", "ScheduleExpression is supported only on the default event bus.");
        }

        try
        {
            _ = rule.Schedule is null ? TimeSpan.Zero : RateExpression.Parse(rule.Schedule);
        }
        catch (FormatException fault)
        {
            throw new AwsException("ValidationException", fault.Message);
        }
    }

    public Task<JsonObject> EnableAsync(JsonCall call) => SetEnabledAsync(call, enabled: true);

    public Task<JsonObject> DisableAsync(JsonCall call) => SetEnabledAsync(call, enabled: false);

    public async Task<JsonObject> PutTargetsAsync(JsonCall call)
    {
        var (bus, name) = Demand(call, "Rule");
        var targets = (call.Input["Targets"] as JsonArray ?? []).Select(target => TargetReader.Read(target!.AsObject())).ToList();
        await ChangeTargetsAsync(
            bus,
            name,
            known => Bounded([.. known.Where(target => !targets.Exists(added => added.Id == target.Id)), .. targets])
        );
        return new JsonObject { ["FailedEntryCount"] = 0, ["FailedEntries"] = new JsonArray() };
    }

    /// <exception cref="AwsException">LimitExceededException: a rule has five targets at the most.</exception>
    private static IReadOnlyList<RuleTarget> Bounded(IReadOnlyList<RuleTarget> targets) =>
        targets.Count <= MostTargets
            ? targets
            : throw new AwsException("LimitExceededException", "The requested resource exceeds the maximum number allowed.");

    public async Task<JsonObject> RemoveTargetsAsync(JsonCall call)
    {
        var (bus, name) = Demand(call, "Rule");
        var removed = (call.Input["Ids"] as JsonArray ?? []).Select(id => id!.GetValue<string>()).ToHashSet();
        await ChangeTargetsAsync(bus, name, known => [.. known.Where(target => !removed.Contains(target.Id))]);
        return new JsonObject { ["FailedEntryCount"] = 0, ["FailedEntries"] = new JsonArray() };
    }

    public Task<JsonObject> DescribeAsync(JsonCall call)
    {
        var (bus, name) = Demand(call, "Name");
        return Task.FromResult(Describe(Find(bus, name)));
    }

    public Task<JsonObject> ListAsync(JsonCall call)
    {
        host.Authorizer.Demand(call.Caller, call.Right, "*");
        var prefix = call.Input["NamePrefix"]?.GetValue<string>() ?? "";
        var rules = host
            .Store.Read(session => EventTables.Rules(session, BusNames.Of(call.Input)))
            .Where(rule => rule.Name.StartsWith(prefix, StringComparison.Ordinal));
        return Task.FromResult(BusNames.Pages.Page(call.Input, "Rules", [.. rules], Describe));
    }

    public Task<JsonObject> ListTargetsAsync(JsonCall call)
    {
        var (bus, name) = Demand(call, "Rule");
        return Task.FromResult(BusNames.Pages.Page(call.Input, "Targets", Find(bus, name).Targets, target => target.Describe()));
    }

    public async Task<JsonObject> DeleteAsync(JsonCall call)
    {
        var (bus, name) = Demand(call, "Name");
        await host.Store.WriteAsync(session =>
            EventTables.Rule(session, bus, name) is { Targets.Count: > 0 }
                ? throw new AwsException("ValidationException", "Rule can't be deleted since it has targets.")
                : EventTables.DeleteRule(session, bus, name)
        );
        return [];
    }

    public Task<JsonObject> TestPatternAsync(JsonCall call)
    {
        host.Authorizer.Demand(call.Caller, call.Right, "*");
        var pattern = Parse(call.Input["EventPattern"]?.GetValue<string>() ?? "");
        return Task.FromResult(new JsonObject { ["Result"] = pattern.Matches(EventOf(call)) });
    }

    private static JsonObject EventOf(JsonCall call)
    {
        try
        {
            return JsonText.Parse(call.Input["Event"]?.GetValue<string>() ?? "") as JsonObject ?? throw NoEvent();
        }
        catch (System.Text.Json.JsonException)
        {
            throw NoEvent();
        }

        static AwsException NoEvent() => new("ValidationException", "Parameter Event is not valid. Reason: it is not a JSON object.");
    }

    private async Task<JsonObject> SetEnabledAsync(JsonCall call, bool enabled)
    {
        var (bus, name) = Demand(call, "Name");
        await ChangeAsync(bus, name, rule => rule with { Enabled = enabled });
        return [];
    }

    private Task<bool> ChangeTargetsAsync(string bus, string name, Func<IReadOnlyList<RuleTarget>, IReadOnlyList<RuleTarget>> change) =>
        ChangeAsync(bus, name, rule => rule with { Targets = change(rule.Targets) });

    private Task<bool> ChangeAsync(string bus, string name, Func<Rule, Rule> change) =>
        host.Store.WriteAsync(session =>
        {
            EventTables.Put(session, change(EventTables.Rule(session, bus, name) ?? throw NoSuchRule(bus, name)));
            return true;
        });

    private (string Bus, string Name) Demand(JsonCall call, string member)
    {
        var (bus, name) = (
            BusNames.Of(call.Input),
            call.Input[member]?.GetValue<string>() ?? throw new AwsException("ValidationException", $"Parameter {member} is required.")
        );
        host.Authorizer.Demand(call.Caller, call.Right, ArnOf(bus, name));
        return (bus, name);
    }

    private Rule Find(string bus, string name) =>
        host.Store.Read(session => EventTables.Rule(session, bus, name)) ?? throw NoSuchRule(bus, name);

    /// <summary>A rule's ARN names its bus, unless that is the default one.</summary>
    public string ArnOf(string bus, string name) => host.Arn("events", bus == "default" ? $"rule/{name}" : $"rule/{bus}/{name}");

    private static EventPattern Parse(string pattern)
    {
        try
        {
            return EventPattern.Parse(pattern);
        }
        catch (Exception fault) when (fault is FormatException or InvalidOperationException)
        {
            throw new AwsException("InvalidEventPatternException", $"Event pattern is not valid. Reason: {fault.Message}");
        }
    }

    private static JsonObject Describe(Rule rule)
    {
        var shown = new JsonObject
        {
            ["Name"] = rule.Name,
            ["Arn"] = rule.Arn,
            ["State"] = rule.Enabled ? "ENABLED" : "DISABLED",
            ["Description"] = rule.Description,
            ["EventBusName"] = rule.Bus,
        };
        if (rule.Pattern.Length > 0)
        {
            shown["EventPattern"] = rule.Pattern;
        }

        if (rule.Schedule is { } schedule)
        {
            shown["ScheduleExpression"] = schedule;
        }

        return shown;
    }

    private static AwsException NoSuchRule(string bus, string name) =>
        new("ResourceNotFoundException", $"Rule {name} does not exist on EventBus {bus}.");
}
