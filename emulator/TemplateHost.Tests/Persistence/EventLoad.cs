using System.Text.Json.Nodes;

namespace TemplateHost.Tests.Persistence;

/// <summary>
/// Events that rules send to queues, one of which is not there before the run ends: each accepted event arrives at least once.
/// </summary>
internal sealed class EventLoad(string client) : Load(client)
{
    protected override int WritesEach => 10;

    protected override async Task SendAsync(HostProcess host, int number)
    {
        var answer = await host.CallAsync(
            "events",
            "PutEvents",
            new()
            {
                ["Entries"] = new JsonArray([
                    .. NamesOf(number)
                        .Select(
                            (name, part) =>
                                new JsonObject
                                {
                                    ["Source"] = part == 0 ? "late" : "kill",
                                    ["DetailType"] = "Number",
                                    ["Detail"] = new JsonObject { ["name"] = name }.ToJsonString(),
                                }
                        ),
                ]),
            }
        );
        if (answer["FailedEntryCount"]!.GetValue<int>() != 0)
        {
            throw new InvalidOperationException(answer.ToJsonString());
        }
    }

    protected override Task ReceiveAsync(HostProcess host) => Task.Delay(10);

    protected override async Task VerifyAsync(HostProcess last, HostLives lives, Tally tally)
    {
        var arrived = new HashSet<string>();
        await CreateLateQueueAsync(last);
        await WaitAsync(async () =>
        {
            var messages = (await Messages.DrainAsync(last, "events")).Concat(await Messages.DrainAsync(last, "late"));
            arrived.UnionWith(messages.Select(message => JsonNode.Parse(message.Body)!["name"]!.ToString()));
            return Acknowledged.SelectMany(NamesOf).All(arrived.Contains);
        });
        tally.Keep("event", Acknowledged.SelectMany(NamesOf), arrived);
    }

    /// <summary>What could not be delivered so far is tried again after pauses that grow with each try.</summary>
    private static Task<JsonObject> CreateLateQueueAsync(HostProcess host)
    {
        const string Policy = """
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"events.amazonaws.com"},
              "Action":"sqs:SendMessage","Resource":"*"}]}
            """;
        return host.CallAsync(
            "sqs",
            "CreateQueue",
            new()
            {
                ["QueueName"] = "late",
                ["Attributes"] = new JsonObject { ["Policy"] = Policy },
            }
        );
    }

    private IEnumerable<string> NamesOf(int number) => Enumerable.Range(0, WritesEach).Select(part => $"{NameOf(number)}/{part}");
}
