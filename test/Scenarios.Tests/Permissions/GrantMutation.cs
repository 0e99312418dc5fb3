using System.Text.Json.Nodes;
using FairShare.Testing;

namespace FairShare.Scenarios.Tests.Permissions;

/// <summary>One right that the template gives to one role: an action in a statement of its policy.</summary>
/// <param name="Policy">The policy's logical id.</param>
/// <param name="Statement">The statement's place in the policy.</param>
/// <param name="Action">The action.</param>
public sealed record GrantMutation(string Policy, int Statement, string Action)
{
    public override string ToString() => $"{Policy[..^8]} {Action} ({Statement})";

    /// <summary>Every right in the service's template.</summary>
    public static IEnumerable<GrantMutation> All() => All(TestHost.Template);

    /// <summary>Every right in a template.</summary>
    public static IEnumerable<GrantMutation> All(string template) =>
        from resource in JsonNode.Parse(template)!["Resources"]!.AsObject()
        where resource.Value!["Type"]!.GetValue<string>() == "AWS::IAM::Policy"
        from statement in Statements(resource.Value!).Select((node, index) => (Node: node!, Index: index))
        from action in Actions(statement.Node)
        select new GrantMutation(resource.Key, statement.Index, action);

    /// <summary>The template without this right.</summary>
    public string Apply()
    {
        var template = JsonNode.Parse(TestHost.Template)!;
        var statement = Statements(template["Resources"]![Policy]!)[Statement]!;
        var left = Actions(statement).Where(action => action != Action).ToList();
        // A statement must have an action; this one names nothing.
        statement["Action"] = new JsonArray([.. left.DefaultIfEmpty("none:Nothing").Select(action => (JsonNode)action)]);
        return template.ToJsonString();
    }

    /// <summary>The statements of a policy of the template.</summary>
    internal static JsonArray Statements(JsonNode policy) => policy["Properties"]!["PolicyDocument"]!["Statement"]!.AsArray();

    private static List<string> Actions(JsonNode statement) =>
        statement["Action"] is JsonArray list
            ? [.. list.Select(action => action!.GetValue<string>())]
            : [statement["Action"]!.GetValue<string>()];
}
