using System.Text.Json.Nodes;
using Xunit;

namespace FairShare.Scenarios.Tests.Permissions;

/// <summary>
/// A template with one right too many. All calls pass with it as without it, so what was used of the template as it is shows whether the
/// right is found.
/// </summary>
/// <param name="Name">What is too much.</param>
/// <param name="Template">The template.</param>
/// <param name="IsWide">Whether a resource is too wide, and not a right superfluous.</param>
internal sealed record WiderTemplate(string Name, string Template, bool IsWide)
{
    /// <summary>One of each kind, at a statement that has no wildcard and no condition yet.</summary>
    public static IEnumerable<WiderTemplate> Of(string template)
    {
        yield return new("an action more", Change(template, at => at["Action"] = More(at["Action"]!, "dynamodb:DeleteTable")), false);
        yield return new("a resource more", Change(template, at => at["Resource"] = More(at["Resource"]!, "arn:aws:s3:::other")), false);
        yield return new("any resource", Change(template, at => at["Resource"] = "*"), true);
        yield return new("all below the resource", Change(template, at => at["Resource"] = Below(at["Resource"]!)), true);
        yield return new("a statement more", Add(template), false);
    }

    /// <summary>Fails unless the right is found by what was used.</summary>
    public void RequireFound(UsedRights used)
    {
        var judge = new RightsJudge(Template, used);
        Assert.True((IsWide ? judge.Wide() : judge.Unused()).Any(), $"Nobody finds {Name}.");
    }

    private static string Change(string template, Action<JsonObject> change)
    {
        var whole = JsonNode.Parse(template)!;
        var policy = Policies(whole).First(policy => Plain(policy).Any());
        change(Plain(policy).First());
        return whole.ToJsonString();
    }

    private static string Add(string template)
    {
        var whole = JsonNode.Parse(template)!;
        var statements = GrantMutation.Statements(Policies(whole).First());
        statements.Add(JsonNode.Parse("""{ "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::other" }"""));
        return whole.ToJsonString();
    }

    private static IEnumerable<JsonNode> Policies(JsonNode template) =>
        template["Resources"]!
            .AsObject()
            .Select(resource => resource.Value!)
            .Where(resource => resource["Type"]!.GetValue<string>() == "AWS::IAM::Policy");

    private static IEnumerable<JsonObject> Plain(JsonNode policy) =>
        GrantMutation
            .Statements(policy)
            .Select(statement => statement!.AsObject())
            .Where(at => at["Resource"] is JsonObject resource && resource.ContainsKey("Fn::GetAtt"))
            .Where(at => !$"{at["Action"]}".Contains("logs:", StringComparison.Ordinal));

    private static JsonArray More(JsonNode some, string other)
    {
        var list = some as JsonArray ?? new JsonArray(some.DeepClone());
        return new([.. list.Select(one => one?.DeepClone()), other]);
    }

    private static JsonObject Below(JsonNode resource) =>
        new() { ["Fn::Join"] = new JsonArray("", new JsonArray(resource.DeepClone(), "/*")) };
}
