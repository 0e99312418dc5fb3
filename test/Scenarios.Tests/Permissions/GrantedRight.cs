using System.Text.Json.Nodes;
using FairShare.Testing;

namespace FairShare.Scenarios.Tests.Permissions;

/// <summary>Where a right stands: an action and a resource of one statement.</summary>
/// <param name="Policy">The policy's logical id; of a resource's own policy the resource's.</param>
/// <param name="Statement">The statement's place in the policy.</param>
/// <param name="Action">The action.</param>
/// <param name="Place">The resource's place in the statement.</param>
public readonly record struct RightPlace(string Policy, int Statement, string Action, int Place);

/// <summary>One right: what somebody may do with one resource.</summary>
/// <param name="At">Where it stands.</param>
/// <param name="Holder">The role, or the service that a queue's own policy lets send.</param>
/// <param name="Resource">The resource, by its name in the template.</param>
/// <param name="Condition">The statement's conditions; null where there are none.</param>
public sealed record GrantedRight(RightPlace At, string Holder, string Resource, JsonNode? Condition)
{
    /// <summary>Every right of the roles of a template, and of the services that its queues let send.</summary>
    public static IReadOnlyList<GrantedRight> All(string template)
    {
        var resources = JsonNode.Parse(template)!["Resources"]!.AsObject();
        return [.. Of("AWS::IAM::Policy").SelectMany(OfRole), .. Of("AWS::SQS::QueuePolicy").SelectMany(OfQueue)];

        IEnumerable<(string Id, JsonNode Properties)> Of(string type) =>
            resources
                .Where(resource => resource.Value!["Type"]!.GetValue<string>() == type)
                .Select(resource => (resource.Key, resource.Value!["Properties"]!));
    }

    public override string ToString() => $"{Holder} {At.Action} on {Resource} (statement {At.Statement})";

    private static IEnumerable<GrantedRight> OfRole((string Id, JsonNode Properties) policy) =>
        Of(policy.Id, StatementWords.Short(policy.Properties["Roles"]![0]!["Ref"]!.GetValue<string>()), policy.Properties);

    private static IEnumerable<GrantedRight> OfQueue((string Id, JsonNode Properties) policy) =>
        Of(policy.Properties["Queues"]![0]!["Ref"]!.GetValue<string>(), null, policy.Properties);

    private static IEnumerable<GrantedRight> Of(string id, string? holder, JsonNode properties) =>
        from statement in properties["PolicyDocument"]!["Statement"]!.AsArray().Select((node, index) => (Node: node!, Index: index))
        where statement.Node["Effect"]!.GetValue<string>() == "Allow"
        from action in StatementWords.List(statement.Node["Action"])
        from resource in StatementWords.List(statement.Node["Resource"]).Select((name, place) => (Name: name, Place: place))
        select new GrantedRight(
            new(id, statement.Index, action, resource.Place),
            holder ?? statement.Node["Principal"]!["Service"]!.GetValue<string>(),
            resource.Name,
            statement.Node["Condition"]
        );
}
