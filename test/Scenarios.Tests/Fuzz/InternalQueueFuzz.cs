using System.Text.Json.Nodes;
using FairShare.Testing;
using TemplateHost.Testing.Fuzzing;
using Xunit;

namespace FairShare.Scenarios.Tests.Fuzz;

/// <summary>
/// Hands drawn messages of a queue to the function that handles them, as Lambda does, and waits for its answer: it says of each message
/// whether it is done with or comes again, and a batch of which all come again has changed nothing.
/// </summary>
/// <param name="host">The service.</param>
/// <param name="function">The function's name.</param>
/// <param name="handled">A message that was handled once: to handle it again changes nothing.</param>
internal sealed class InternalQueueFuzz(TestHost host, string function, string handled)
{
    private const int Batch = 2;

    private static readonly string[] Words =
    [
        "7",
        "a",
        "code",
        "document",
        "exchangeId",
        "webhookId",
        "\\ud800",
        "{",
        "[",
        "0001-01-01T00:00:00.000Z",
    ];

    /// <summary>A seeded defect: what is done beside each batch; nothing by default.</summary>
    public Func<Task> Beside { get; init; } = () => Task.CompletedTask;

    private int done;
    private int failed;
    private int compared;

    public override string ToString() => $"{done} messages done with, {failed} to come again, {compared} batches compared";

    public async Task RunAsync(FuzzPlan plan)
    {
        using var picture = new HostPicture(host.Embedded);
        Assert.Empty(await HandleAsync([handled]));
        foreach (var batch in plan.Numbers.Chunk(Batch))
        {
            var bodies = batch.Select(number => Draw(plan.RandomOf(number))).ToList();
            var before = await picture.TakeAsync();
            await Beside();
            var comeAgain = await HandleAsync(bodies);
            (done, failed) = (done + bodies.Count - comeAgain.Count, failed + comeAgain.Count);
            if (comeAgain.Count == bodies.Count)
            {
                var after = await picture.TakeAsync();
                compared++;
                Assert.True(
                    before.SequenceEqual(after),
                    $"All come again, and yet changed: {string.Join('\n', before.Except(after).Union(after.Except(before)))}\n"
                        + string.Join('\n', batch.Select(plan.Replay).Zip(bodies))
                );
            }
        }

        Assert.True(plan.Count == 1 || (failed > 0 && done > 0 && compared > 0), $"{function}: {this}");
    }

    // Most changes of a message's members give another message that is well formed, and is done with.
    private string Draw(Random random) =>
        random.Next(2) == 0
            ? TextMutator.Mutate(handled, random, Words)
            : new JsonMutator(random, Words).Mutate(JsonNode.Parse(handled))?.ToJsonString() ?? "null";

    /// <returns>The numbers of those that come again.</returns>
    private async Task<IReadOnlySet<string>> HandleAsync(IReadOnlyList<string> bodies)
    {
        var records = bodies.Select((body, number) => Record($"{number}", body));
        // A function that fails as a whole has all of the batch come again, the good ones too: then this throws.
        var answer = await host.InvokeAsync(function, new JsonObject { ["Records"] = new JsonArray([.. records]) });
        var named = answer["batchItemFailures"]?.AsArray().Select(one => one!["itemIdentifier"]!.GetValue<string>()).ToHashSet() ?? [];
        Assert.True(named.IsSubsetOf(bodies.Select((_, number) => $"{number}")), answer.ToJsonString());
        return named;
    }

    private static JsonObject Record(string id, string body) =>
        new()
        {
            ["messageId"] = id,
            ["receiptHandle"] = "none",
            ["body"] = body,
            ["attributes"] = new JsonObject { ["ApproximateReceiveCount"] = "1" },
            ["messageAttributes"] = new JsonObject(),
            ["eventSource"] = "aws:sqs",
            ["awsRegion"] = "us-east-1",
        };
}
