using System.Text.Json.Nodes;

namespace FairShare.Local.Tests.Persistence;

/// <summary>Events that a rule sends to a queue: each accepted one arrives at least once.</summary>
internal sealed class EventLoad(string client) : Load(client)
{
    protected override async Task SendAsync(HostProcess host, int number)
    {
        var answer = await host.CallAsync("events", "PutEvents", new()
        {
            ["Entries"] = new JsonArray(new JsonObject
            {
                ["Source"] = "kill",
                ["DetailType"] = "Number",
                ["Detail"] = new JsonObject { ["name"] = NameOf(number) }.ToJsonString(),
            }),
        });
        if (answer["FailedEntryCount"]!.GetValue<int>() != 0)
        {
            throw new InvalidOperationException(answer.ToJsonString());
        }
    }

    protected override Task ReceiveAsync(HostProcess host) => Task.Delay(10);

    protected override async Task VerifyAsync(HostProcess last, HostLives lives, Tally tally)
    {
        var arrived = new HashSet<string>();
        await WaitAsync(async () =>
        {
            arrived.UnionWith((await Messages.DrainAsync(last, "events")).Select(message => JsonNode.Parse(message.Body)!["name"]!.ToString()));
            return Acknowledged.TrueForAll(number => arrived.Contains(NameOf(number)));
        });
        tally.Keep("event", Acknowledged.Select(NameOf), arrived);
    }
}
