using System.Text.Json.Nodes;
using TemplateHost.Tests.Support;
using Xunit;

namespace TemplateHost.Tests.Gateway;

/// <summary>JSON that a request carries as a text: half a surrogate pair is refused there, and of equal names the last counts.</summary>
public sealed class SentJsonTests
{
    private const string Half = """{"a":"\ud800"}""";
    private const string HalfDefinition = """{"StartAt":"A","States":{"A":{"Type":"\ud800","End":true}}}""";
    private const string TwiceDefinition = """{"StartAt":"B","StartAt":"A","States":{"A":{"Type":"Pass","End":true}}}""";
    private const string Twice = """{"a":1,"a":2}""";

    [Theory]
    [InlineData("states", "ValidateStateMachineDefinition", "definition", HalfDefinition)]
    [InlineData("states", "ValidateStateMachineDefinition", "definition", TwiceDefinition)]
    [InlineData("events", "TestEventPattern", "Event", Half)]
    [InlineData("events", "TestEventPattern", "Event", Twice)]
    [InlineData("events", "TestEventPattern", "EventPattern", """{"a":["\ud800"]}""")]
    [InlineData("events", "PutEvents", "Detail", Half)]
    [InlineData("events", "PutEvents", "Detail", Twice)]
    public async Task Call_WithSuchAText_IsAnswered(string service, string operation, string member, string text)
    {
        await using var host = await TestHost.StartAsync();
        JsonObject entry = new()
        {
            ["Source"] = "a",
            ["DetailType"] = "b",
            [member] = text,
        };
        JsonObject input = operation switch
        {
            "PutEvents" => new() { ["Entries"] = new JsonArray(entry) },
            "TestEventPattern" when member == "EventPattern" => new() { ["EventPattern"] = text, ["Event"] = "{}" },
            "TestEventPattern" => new() { ["EventPattern"] = """{"a":[2]}""", ["Event"] = text },
            _ => new() { [member] = text },
        };

        using var answer = await host.SendAsync(service, operation, input);

        Assert.True((int)answer.StatusCode < 500, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Empty(host.Faults);
    }
}
