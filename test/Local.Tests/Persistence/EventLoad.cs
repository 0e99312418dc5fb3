using System.Text.Json.Nodes;

namespace FairShare.Local.Tests.Persistence;

/// <summary>Events that a rule sends to a queue: each accepted one arrives at least once.</summary>
internal sealed class EventLoad(string client) : Load(client)
{
    // Many at once, so that a kill finds some accepted and on their way.
    protected override int WritesEach => 10;

    protected override async Task SendAsync(HostProcess host, int number)
    {
        var answer = await host.CallAsync("events", "PutEvents", new()
        {
            ["Entries"] = new JsonArray([.. NamesOf(number).Select(name => new JsonObject
            {
                ["Source"] = "kill",
                ["DetailType"] = "Number",
                ["Detail"] = new JsonObject { ["name"] = name }.ToJsonString(),
            })]),
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
            return Acknowledged.SelectMany(NamesOf).All(arrived.Contains);
        });
        tally.Keep("event", Acknowledged.SelectMany(NamesOf), arrived);
    }

    private IEnumerable<string> NamesOf(int number) => Enumerable.Range(0, WritesEach).Select(part => $"{NameOf(number)}/{part}");
}
