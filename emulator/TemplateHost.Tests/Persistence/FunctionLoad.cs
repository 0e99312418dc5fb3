using System.Text.Json.Nodes;
using TemplateHost.Tests.Lambda;

namespace TemplateHost.Tests.Persistence;

/// <summary>
/// Messages that a function handles, or that end in the dead-letter queue; and a table's changes, which another one handles in their order.
/// </summary>
internal sealed class FunctionLoad(string client, ShellFunctions functions) : Load(client)
{
    protected override int WritesEach => 2;

    protected override async Task SendAsync(HostProcess host, int number)
    {
        await host.CallAsync("sqs", "SendMessage", new() { ["QueueUrl"] = host.QueueUrl("collected"), ["MessageBody"] = BodyOf(number) });
        await host.CallAsync(
            "dynamodb",
            "PutItem",
            new()
            {
                ["TableName"] = "ordered",
                ["Item"] = new JsonObject
                {
                    ["pk"] = new JsonObject { ["S"] = Client },
                    ["sk"] = new JsonObject { ["N"] = $"{number}" },
                },
            }
        );
    }

    protected override Task ReceiveAsync(HostProcess host) => Task.Delay(20);

    protected override async Task VerifyAsync(HostProcess last, HostLives lives, Tally tally)
    {
        var buried = new HashSet<string>();
        await WaitAsync(async () =>
        {
            buried.UnionWith((await Messages.DrainAsync(last, "buried")).Select(message => message.Body));
            var done = Collected().Union(buried).ToHashSet();
            return Acknowledged.TrueForAll(number => done.Contains(BodyOf(number))) && !Acknowledged.Except(Handled()).Any();
        });
        tally.Keep("message for a function", Acknowledged.Select(BodyOf), Collected().Union(buried));
        // A batch may come again after a kill; nothing may overtake what stands before it.
        var handled = Handled().Distinct().ToList();
        tally.Keep($"change of {Client}", Acknowledged, handled);
        tally.Wrong.AddRange(
            handled.Zip(handled.Skip(1)).Where(pair => pair.Second < pair.First).Select(pair => $"change of {Client} overtaken: {pair}")
        );
    }

    /// <summary>Every tenth message is one that the function refuses.</summary>
    private string BodyOf(int number) => number % 10 == 9 ? $"bad-{NameOf(number)}" : NameOf(number);

    private IEnumerable<string> Collected() =>
        functions
            .Collected.SelectMany(Records)
            .Select(record => record["body"]!.ToString())
            .Where(body => !body.StartsWith("bad-", StringComparison.Ordinal));

    private IEnumerable<int> Handled() =>
        functions
            .Handled.SelectMany(Records)
            .Select(record => record["dynamodb"]!["Keys"]!)
            .Where(keys => keys["pk"]!["S"]!.ToString() == Client)
            .Select(keys => int.Parse(keys["sk"]!["N"]!.ToString(), System.Globalization.CultureInfo.InvariantCulture));

    private static IEnumerable<JsonNode> Records(string @event) => JsonNode.Parse(@event)!["Records"]!.AsArray().Select(record => record!);
}
