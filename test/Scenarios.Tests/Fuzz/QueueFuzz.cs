using System.Text.Json.Nodes;
using FairShare.Testing;
using TemplateHost.Kernel;
using TemplateHost.Testing.Fuzzing;
using Xunit;

namespace FairShare.Scenarios.Tests.Fuzz;

/// <summary>
/// Puts drawn messages into the protocol's queue as a bound sender. Each is answered to the party or buried with its reason, none is tried
/// for ever, and a batch of which none was taken has changed nothing.
/// </summary>
/// <param name="host">The service.</param>
/// <param name="sender">The sender's credentials.</param>
/// <param name="valid">Messages that are none of them quite wrong, which are changed.</param>
internal sealed class QueueFuzz(TestHost host, SessionCredentials sender, IReadOnlyList<string> valid)
{
    private const int Batch = 10;

    private static readonly string[] Answered = ["ProtocolDeadLetterQueueUrl", "UploadersQueueUrl", "DownloadersQueueUrl"];
    private static readonly string[] Words =
    [
        "1",
        "3",
        "4",
        "6",
        "a",
        "bind",
        "fileId",
        "message",
        "userId",
        "protocolStep",
        "\\ud800",
        "{",
        "[",
    ];

    private readonly SignedAwsClient client = new(host, sender);
    private readonly SignedAwsClient root = SignedAwsClient.OfRoot(host);

    /// <summary>A seeded defect: what is done beside each message; nothing by default.</summary>
    public Func<Task> Beside { get; init; } = () => Task.CompletedTask;

    private int sent;
    private int refused;
    private int compared;

    public override string ToString() => $"messages: {sent} sent, {refused} answered or buried as refused, {compared} batches compared";

    /// <summary>Sends the messages of a plan.</summary>
    public async Task RunAsync(FuzzPlan plan)
    {
        using var picture = new HostPicture(host.Embedded);
        await Quiet.UntilAsync([host.Embedded]);
        await DrainAsync();
        foreach (var batch in plan.Numbers.Chunk(Batch))
        {
            var before = await picture.TakeAsync();
            var bodies = new Dictionary<string, string>();
            foreach (var body in batch.Select(number => Draw(plan.RandomOf(number))))
            {
                await Beside();
                if (await SendAsync(body) is { } id)
                {
                    bodies[id] = body;
                }
            }

            await Quiet.UntilAsync([host.Embedded]);
            await JudgeAsync(plan, batch, bodies, await DrainAsync(), picture, before);
        }

        await picture.RequireHandledAsync();
        Assert.True(plan.Count == 1 || (refused > 0 && compared > 0), $"{this}");
    }

    private async Task JudgeAsync(
        FuzzPlan plan,
        int[] batch,
        Dictionary<string, string> bodies,
        List<JsonNode> answers,
        HostPicture picture,
        IReadOnlyList<string> before
    )
    {
        var said = string.Join('\n', batch.Select(plan.Replay).Zip(bodies.Values));
        var taken = answers.Count(IsTaken);
        var unanswered = bodies.Where(one => !answers.Exists(answer => IsAbout(answer, one.Key, one.Value))).ToList();
        Assert.True(unanswered.Count <= taken, $"Nobody heard of {string.Join('\n', unanswered)}\n{said}");
        (sent, refused) = (sent + bodies.Count, refused + bodies.Count - unanswered.Count);
        if (taken == 0)
        {
            var after = await picture.TakeAsync();
            compared++;
            Assert.True(
                before.SequenceEqual(after),
                $"Refused, and yet changed: {string.Join('\n', before.Except(after).Union(after.Except(before)))}\n{said}"
            );
        }
    }

    private static bool IsTaken(JsonNode answer) =>
        answer["protocolStep"]?.GetValue<string>() is { } step
        && step != "e"
        && (step != "v" || answer["message"]!["verified"]!.GetValue<bool>());

    private static bool IsAbout(JsonNode answer, string id, string body) =>
        answer["message"]?["messageId"]?.GetValue<string>() == id
        || (answer["body"]?.GetValue<string>() is { } buried && body.StartsWith(buried, StringComparison.Ordinal));

    private string Draw(Random random)
    {
        var whole = valid[random.Next(valid.Count)];
        if (random.Next(12) == 0)
        {
            return whole;
        }

        if (!whole.StartsWith('{'))
        {
            return TextMutator.Mutate(whole, random, Words);
        }

        var json = JsonNode.Parse(whole)!;
        if (random.Next(3) == 0 && json["message"]?["signature"] is { } signature)
        {
            json["message"]!["signature"] = JwsMutator.Mutate(signature.GetValue<string>(), random);
            return json.ToJsonString();
        }

        return random.Next(4) == 0
            ? TextMutator.Mutate(whole, random, Words)
            : new JsonMutator(random, Words).Mutate(json)?.ToJsonString() ?? "null";
    }

    /// <summary>Null where SQS itself refuses the text.</summary>
    private async Task<string?> SendAsync(string body)
    {
        var input = new JsonObject { ["QueueUrl"] = host.Embedded.Outputs["ProtocolQueueUrl"], ["MessageBody"] = body };
        var answer = await client.CallAsync("sqs", "AmazonSQS.SendMessage", input);
        Assert.True(answer.Status is 200 or 400, $"{answer.Status} {body}");
        return answer.Status == 200 ? answer.Text("MessageId") : null;
    }

    /// <summary>Takes all that was answered and buried.</summary>
    private async Task<List<JsonNode>> DrainAsync()
    {
        var all = new List<JsonNode>();
        foreach (var url in Answered.Select(output => host.Embedded.Outputs[output]))
        {
            for (var got = await ReceiveAsync(url); got.Count > 0; got = await ReceiveAsync(url))
            {
                all.AddRange(got.Select(message => JsonNode.Parse(message!["Body"]!.GetValue<string>())!));
                foreach (var handle in got.Select(message => message!["ReceiptHandle"]!.GetValue<string>()))
                {
                    await root.CallAsync("sqs", "AmazonSQS.DeleteMessage", new() { ["QueueUrl"] = url, ["ReceiptHandle"] = handle });
                }
            }
        }

        return all;
    }

    private async Task<JsonArray> ReceiveAsync(string url)
    {
        var input = new JsonObject { ["QueueUrl"] = url, ["MaxNumberOfMessages"] = 10 };
        return (await root.CallAsync("sqs", "AmazonSQS.ReceiveMessage", input)).Require(200).Body?["Messages"]?.AsArray() ?? [];
    }
}
