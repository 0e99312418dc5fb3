using System.Text.Json.Nodes;
using static FairShare.Testing.StatementWords;

namespace FairShare.Cdk.Tests;

/// <summary>Who may invoke what, and who may be whom, by a template; and what of it nothing in the template needs.</summary>
internal sealed class InvocationRights(JsonNode template)
{
    private const string Gateway = "apigateway.amazonaws.com";
    private const string Events = "events.amazonaws.com";

    private static readonly Dictionary<string, string> Assumed = new()
    {
        ["lambda.amazonaws.com"] = "AWS::Lambda::Function",
        ["states.amazonaws.com"] = "AWS::StepFunctions::StateMachine",
        ["codedeploy.amazonaws.com"] = "AWS::CodeDeploy::DeploymentGroup",
        ["backup.amazonaws.com"] = "AWS::Backup::BackupSelection",
    };

    // By these Lambda takes from a source in a function's name.
    private static readonly string[] Taking = ["sqs:ReceiveMessage", "dynamodb:GetRecords"];

    private readonly Dictionary<JsonNode, List<string>> needs = [];

    /// <summary>One row a permission, and one an event source mapping.</summary>
    public IEnumerable<string> Invocations() =>
        [
            "| who | may invoke | from | for |",
            "| --- | --- | --- | --- |",
            .. Of("AWS::Lambda::Permission").Select(one => PermissionRow(one.Properties)).Order(StringComparer.Ordinal),
            .. Of("AWS::Lambda::EventSourceMapping").Select(one => MappingRow(one.Properties)).Order(StringComparer.Ordinal),
        ];

    /// <summary>One row a service or account, with the roles that it may assume.</summary>
    public IEnumerable<string> Trust() =>
        [
            "| who | may assume | if | as |",
            "| --- | --- | --- | --- |",
            .. Of("AWS::IAM::Role")
                .SelectMany(role => TrustOf(role.Properties).Select(one => TrustRow(role.Id, one)))
                .Order(StringComparer.Ordinal),
        ];

    /// <summary>What nothing in the template needs, or what it needs and does not have.</summary>
    public IEnumerable<string> Faults() =>
        [
            .. Of("AWS::Lambda::Permission").SelectMany(one => PermissionFaults(one.Id, one.Properties)),
            .. RouteFaults(),
            .. RoleFaults(),
            .. SourceFaults(),
        ];

    private string PermissionRow(JsonNode permission) =>
        $"| {permission["Principal"]} | {Word(permission["FunctionName"])} | {SourceOf(permission)} | "
        + $"{string.Join(", ", Needs(permission))} |";

    private string MappingRow(JsonNode mapping) =>
        $"| lambda.amazonaws.com, as {RoleOf(mapping["FunctionName"]!)} | {Word(mapping["FunctionName"])} | "
        + $"{Word(mapping["EventSourceArn"])} | what comes there |";

    private string TrustRow(string role, JsonNode statement) =>
        $"| {PrincipalOf(statement)} | {Short(role)} | {Condition(statement["Condition"])} | "
        + $"{string.Join(", ", Users(role, statement).DefaultIfEmpty("whom the account lets"))} |";

    private IEnumerable<string> PermissionFaults(string id, JsonNode permission)
    {
        if (Needs(permission).Count == 0)
        {
            yield return $"{id}: no route and no rule needs it";
        }

        if (permission["Action"]!.GetValue<string>() != "lambda:InvokeFunction")
        {
            yield return $"{id}: {permission["Action"]}";
        }

        if (
            Needs(permission).Count < 2
            && Of("AWS::Lambda::Permission").Any(other => other.Id != id && IsSame(other.Properties, permission))
        )
        {
            yield return $"{id}: stands twice";
        }
    }

    private IEnumerable<string> RouteFaults() =>
        Of("AWS::ApiGatewayV2::Route")
            .Where(route => !Of("AWS::Lambda::Permission").Any(one => Needs(one.Properties).Contains(KeyOf(route.Properties))))
            .Select(route => $"{KeyOf(route.Properties)}: its function may not be invoked");

    private IEnumerable<string> RoleFaults() =>
        from role in Of("AWS::IAM::Role")
        from statement in TrustOf(role.Properties)
        where
            statement["Action"]!.GetValue<string>() != "sts:AssumeRole"
            || (Users(role.Id, statement).Count == 0 && !IsForPeople(role.Id, statement))
        select $"{role.Id}: {PrincipalOf(statement)} does not need to be it";

    private IEnumerable<string> SourceFaults()
    {
        var mapped = Of("AWS::Lambda::EventSourceMapping")
            .Select(one => (Role: RoleOf(one.Properties["FunctionName"]!), Source: Word(one.Properties["EventSourceArn"])))
            .ToHashSet();
        var taken =
            from policy in Of("AWS::IAM::Policy")
            let role = Short(policy.Properties["Roles"]![0]!["Ref"]!.GetValue<string>())
            where !role.StartsWith("Access", StringComparison.Ordinal)
            from statement in policy.Properties["PolicyDocument"]!["Statement"]!.AsArray()
            where List(statement!["Action"]).Intersect(Taking).Any()
            from source in List(statement["Resource"])
            select (Role: role, Source: source);
        var all = taken.ToHashSet();
        return
        [
            .. mapped.Except(all).Select(one => $"{one.Role}: may not take from {one.Source}"),
            .. all.Except(mapped).Select(one => $"{one.Role}: takes from {one.Source}, and nothing has it do so"),
        ];
    }

    private static bool IsSame(JsonNode left, JsonNode right) => JsonNode.DeepEquals(left, right);

    /// <summary>The routes or rules that a permission is for.</summary>
    private List<string> Needs(JsonNode permission)
    {
        if (!needs.TryGetValue(permission, out var found))
        {
            needs[permission] = found = (permission["Principal"] as JsonValue)?.GetValue<string>() switch
            {
                Gateway => [.. Routes(permission)],
                Events => [.. Rules(permission)],
                _ => [],
            };
        }

        return found;
    }

    private IEnumerable<string> Routes(JsonNode permission) =>
        from route in Of("AWS::ApiGatewayV2::Route")
        where SourceOf(permission).EndsWith($"/*/*{PathOf(route.Properties)}", StringComparison.Ordinal)
        where Word(IntegrationOf(route.Properties)["IntegrationUri"]) == Word(permission["FunctionName"])
        select KeyOf(route.Properties);

    private IEnumerable<string> Rules(JsonNode permission) =>
        from rule in Of("AWS::Events::Rule")
        where SourceOf(permission) == Short(rule.Id)
        where rule.Properties["Targets"]!.AsArray().Any(target => Word(target!["Arn"]) == Word(permission["FunctionName"]))
        select $"the rule {Short(rule.Id)}";

    private JsonNode IntegrationOf(JsonNode route) =>
        template["Resources"]![route["Target"]!["Fn::Join"]![1]![1]!["Ref"]!.GetValue<string>()]!["Properties"]!;

    /// <summary>What runs as the role, of the kind that its principal runs.</summary>
    private List<string> Users(string role, JsonNode statement) =>
        Assumed.TryGetValue(PrincipalOf(statement), out var type)
            ? [.. Of(type).Where(one => Word(RoleIn(one.Properties)) == Short(role)).Select(one => Short(one.Id))]
            : [];

    /// <summary>Where the kinds of <see cref="Assumed"/> name their role.</summary>
    private static JsonNode? RoleIn(JsonNode user) =>
        user["Role"] ?? user["RoleArn"] ?? user["ServiceRoleArn"] ?? user["BackupSelection"]?["IamRoleArn"];

    private static bool IsForPeople(string role, JsonNode statement) =>
        role.StartsWith("Access", StringComparison.Ordinal) && PrincipalOf(statement) == "arn:<Partition>:iam::<AccountId>:root";

    /// <summary>The role that a function runs as; an alias or a version is its function's.</summary>
    private string RoleOf(JsonNode function)
    {
        var id = (function["Ref"] ?? function["Fn::GetAtt"]![0])!.GetValue<string>();
        return Word(template["Resources"]![id]!["Properties"]!["Role"]);
    }

    private IEnumerable<(string Id, JsonNode Properties)> Of(string type) =>
        template["Resources"]!
            .AsObject()
            .Where(resource => resource.Value!["Type"]!.GetValue<string>() == type)
            .Select(resource => (resource.Key, resource.Value!["Properties"]!));

    private static IEnumerable<JsonNode> TrustOf(JsonNode role) =>
        role["AssumeRolePolicyDocument"]!["Statement"]!.AsArray().Select(statement => statement!);

    private static string PrincipalOf(JsonNode statement) =>
        string.Join(", ", (statement["Principal"] as JsonObject)?.SelectMany(one => List(one.Value)) ?? List(statement["Principal"]));

    private static string KeyOf(JsonNode route) => route["RouteKey"]!.GetValue<string>();

    // The route of calls that no other takes has no path.
    private static string PathOf(JsonNode route) => KeyOf(route).Split(' ') is [_, var path] ? path : "";

    private static string SourceOf(JsonNode permission) => Word(permission["SourceArn"]);

    private static string Word(JsonNode? node) => string.Join(", ", List(node));
}
