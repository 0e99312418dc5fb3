using System.Text.Json.Nodes;
using Xunit;

namespace FairShare.Cdk.Tests;

/// <summary>
/// Of the leaves to invoke and of the trust policies none is superfluous, and none is missing; docs/rights-invoked.md has them. No call
/// decides that: the host serves an API and a rule whatever the permissions are, but only who is named by one asks.
/// </summary>
public sealed class InvocationRightsTests
{
    private static readonly Dictionary<string, Template> Templates = new()
    {
        ["service"] = new("dev"),
        ["notices"] = Template.OfNotices,
        ["page"] = Template.OfPage("dev"),
        ["operations"] = Template.OfOperations("dev"),
        ["peer"] = Template.OfPeer("dev"),
        ["coordinator"] = Template.OfCoordinator("dev"),
        ["protection"] = Template.OfProtection("prod"),
    };

    // What the stage adds is a table of its own; the rest of it is the other stage's.
    private static readonly Template Production = new("prod");

    public static TheoryData<string> Stacks => [.. Templates.Keys];

    public static TheoryData<string, string, Action<JsonNode>> Defects =>
        new()
        {
            { "a permission that stands twice", "stands twice", resources => resources["Again"] = Permission(resources).DeepClone() },
            { "a permission of anybody", "no route and no rule", resources => Permission(resources)["Properties"]!["Principal"] = "*" },
            {
                "a permission of another API",
                "no route and no rule",
                resources => Permission(resources)["Properties"]!["SourceArn"] = "arn:aws:execute-api:eu-central-1:123456789012:other/*"
            },
            { "a permission without a source", "no route and no rule", resources => Remove(Permission(resources), "SourceArn") },
            { "no permission", "may not be invoked", resources => resources.AsObject().Remove(Permission(resources).GetPropertyName()) },
            { "a role that anybody may be", "does not need to be it", resources => Trust(resources)["Principal"] = "*" },
            {
                "a role that another service may be",
                "does not need to be it",
                resources => Trust(resources)["Principal"] = JsonNode.Parse("""{ "Service": "ec2.amazonaws.com" }""")
            },
            {
                "a role that nothing runs as",
                "does not need to be it",
                resources => resources["Other"] = First(resources, "AWS::IAM::Role").DeepClone()
            },
            {
                "a mapping without its right",
                "may not take",
                resources => First(resources, "AWS::Lambda::EventSourceMapping")["Properties"]!["EventSourceArn"] = "arn:aws:sqs:::other"
            },
        };

    [Theory, MemberData(nameof(Stacks))]
    public void Stack_AsItIs_NeedsEachLeaveAndMissesNone(string stack) =>
        Assert.Empty(new InvocationRights(Templates[stack].Document).Faults());

    [Fact]
    public void Stack_OfProd_NeedsEachLeaveAndMissesNone() => Assert.Empty(new InvocationRights(Production.Document).Faults());

    [Fact]
    public void Page_TableOfWhatProdAdds_IsTheTemplates()
    {
        var (prod, dev) = (new InvocationRights(Production.Document), new InvocationRights(Templates["service"].Document));
        Assert.Equal(dev.Invocations(), prod.Invocations());
        Assert.Empty(dev.Trust().Except(prod.Trust()));
        var added = prod.Trust().Take(2).Concat(prod.Trust().Except(dev.Trust()));
        Assert.Empty(InvokedPage.FaultsOf("prodtrust", added));
    }

    [Theory, MemberData(nameof(Defects), DisableDiscoveryEnumeration = true)]
    public void Stack_WithADefect_IsFound(string what, string shown, Action<JsonNode> change)
    {
        var template = Templates["service"].Document.DeepClone();
        change(template["Resources"]!);

        var faults = new InvocationRights(template).Faults().ToList();

        Assert.True(faults.Exists(fault => fault.Contains(shown, StringComparison.Ordinal)), $"{what}: {string.Join("; ", faults)}");
    }

    [Theory, MemberData(nameof(Stacks))]
    public void Page_Tables_AreTheTemplates(string stack)
    {
        var rights = new InvocationRights(Templates[stack].Document);
        Assert.Empty(InvokedPage.FaultsOf(stack, rights.Invocations()).Concat(InvokedPage.FaultsOf($"{stack}trust", rights.Trust())));
    }

    private static JsonNode Permission(JsonNode resources) => First(resources, "AWS::Lambda::Permission");

    private static JsonNode Trust(JsonNode resources) =>
        First(resources, "AWS::IAM::Role")["Properties"]!["AssumeRolePolicyDocument"]!["Statement"]![0]!;

    private static JsonNode First(JsonNode resources, string type) =>
        resources.AsObject().First(resource => resource.Value!["Type"]!.GetValue<string>() == type).Value!;

    private static void Remove(JsonNode resource, string property) => resource["Properties"]!.AsObject().Remove(property);
}
