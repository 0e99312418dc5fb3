using System.Text.Json.Nodes;
using FairShare.Host;
using FairShare.Scenarios.Tests.Notices;
using FairShare.Scenarios.Tests.Webhooks;
using FairShare.Testing;
using TemplateHost.Testing.Fuzzing;
using Xunit;

namespace FairShare.Scenarios.Tests.Fuzz;

/// <summary>
/// Whatever lies in a queue that a function handles, of the service and of notices: the function goes on, and changes nothing.
/// </summary>
public sealed class InternalQueueFuzzTests(WebhookWorld world, ITestOutputHelper output) : IClassFixture<WebhookWorld>
{
    private const int Few = 48;

    // The protocol's own queue, into which strangers send, has drawn messages of its own: QueueRefusalTests.
    private const string Strangers = "ReceiveProtocolMessages";

    [Fact]
    public async Task Messages_OfEveryQueueThatAFunctionHandles_AreDoneWithOrComeAgain()
    {
        await NoticesStack.DeployAsync(world.Host.Embedded, NoticeWorld.Template, TestContext.Current.CancellationToken);
        await using var endpoint = await world.RegisterAsync();
        var messages = await MessagesAsync(endpoint);
        var handlers = Handlers(ServiceHost.StackName, TestHost.Template).Concat(Handlers(NoticesStack.StackName, NoticeWorld.Template));
        foreach (var (stack, id) in handlers.Where(one => !one.Id.StartsWith(Strangers, StringComparison.Ordinal)))
        {
            // A queue that is new has no message here: this fails.
            var message = messages[StatementWords.Short(id)];
            var fuzz = new InternalQueueFuzz(world.Host, await NameAsync(stack, id), message);
            await fuzz.RunAsync(FuzzPlan.Of(Few));
            output.WriteLine($"{StatementWords.Short(id)}: {fuzz}");
        }
    }

    [Fact]
    public async Task Messages_BesideWhichSomethingIsWritten_AreFound()
    {
        await using var endpoint = await world.RegisterAsync();
        var (stack, id) = Handlers(ServiceHost.StackName, TestHost.Template).Single(one => StatementWords.Short(one.Id) == "EndExchanges");
        var messages = await MessagesAsync(endpoint);
        var fuzz = new InternalQueueFuzz(world.Host, await NameAsync(stack, id), messages["EndExchanges"])
        {
            Beside = () => TestDocument.RequestUploadAsync(world.Alice, null, world.Bob),
        };

        var found = await Assert.ThrowsAnyAsync<Exception>(() => fuzz.RunAsync(new FuzzPlan(15, 0, Few)));

        Assert.Contains("All come again, and yet changed", found.Message, StringComparison.Ordinal);
    }

    /// <summary>A message of each queue as the service puts it there, of which all has been done.</summary>
    private async Task<Dictionary<string, string>> MessagesAsync(Endpoint endpoint)
    {
        var exchange = await world.CompleteAsync();
        var sent = (await endpoint.Receiver.NextAsync()).Body;
        var id = $"{exchange.Id}_7";
        var delivery = await endpoint.DeliveryAsync(id, one => Endpoint.Is(one, "Delivered"));
        var document = await TestDocument.DepositAsync(world.Alice, world.Bob);
        (await world.Alice.PostAsync($"/documents/{document.Id}/abort")).Require(200);
        await Quiet.UntilAsync([world.Host.Embedded]);
        // By then no upload of the document is good any more, and the message is done with.
        await world.AdvanceAsync(TimeSpan.FromHours(2));
        return new()
        {
            ["EndExchanges"] = Json(("documentId", $"{document.Id}"), ("abortedAt", "2026-01-01T00:00:00.000Z")),
            ["SpreadWebhooks"] = sent,
            ["DeliverWebhook"] = Json(
                ("party", $"{world.Alice.Id}"),
                ("webhookId", endpoint.Id),
                ("messageId", id),
                ("startedAt", delivery["at"]!.GetValue<string>())
            ),
            ["SendNotice"] = sent,
        };
    }

    private static string Json(params (string Name, string Text)[] members) =>
        new JsonObject(members.Select(member => KeyValuePair.Create(member.Name, (JsonNode?)member.Text))).ToJsonString();

    private static IEnumerable<(string Stack, string Id)> Handlers(string stack, string template) =>
        from resource in JsonNode.Parse(template)!["Resources"]!.AsObject()
        where resource.Value!["Type"]!.GetValue<string>() == "AWS::Lambda::EventSourceMapping"
        let properties = resource.Value["Properties"]!
        where properties["EventSourceArn"]?["Fn::GetAtt"]?[1]?.GetValue<string>() == "Arn"
        select (stack, properties["FunctionName"]!["Ref"]!.GetValue<string>());

    private Task<string> NameAsync(string stack, string id) => SignedAwsClient.OfRoot(world.Host).PhysicalIdAsync(stack, id);
}
