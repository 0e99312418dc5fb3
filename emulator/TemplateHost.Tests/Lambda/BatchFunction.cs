using System.Text.Json.Nodes;
using System.Threading.Channels;

namespace TemplateHost.Tests.Lambda;

/// <summary>A function of a queue that answers when a test has said what.</summary>
internal sealed class BatchFunction
{
    private readonly Channel<TaskCompletionSource<IEnumerable<string>>> calls = Channel.CreateUnbounded<
        TaskCompletionSource<IEnumerable<string>>
    >();

    /// <summary>The bodies of what it was given, by the messages' ids, in order.</summary>
    public OrderedDictionary<string, string> Bodies { get; } = [];

    /// <summary>The next call, which ends when it is given the ids of what it could not handle.</summary>
    public ValueTask<TaskCompletionSource<IEnumerable<string>>> NextAsync() => calls.Reader.ReadAsync();

    /// <summary>One call.</summary>
    public async Task<Stream> InvokeAsync(Stream payload)
    {
        foreach (var record in JsonNode.Parse(payload)!["Records"]!.AsArray())
        {
            Bodies[record!["messageId"]!.ToString()] = record["body"]!.ToString();
        }

        var call = new TaskCompletionSource<IEnumerable<string>>(TaskCreationOptions.RunContinuationsAsynchronously);
        await calls.Writer.WriteAsync(call);
        var failures = (await call.Task).Select(id => (JsonNode)new JsonObject { ["itemIdentifier"] = id });
        return new MemoryStream(
            System.Text.Encoding.UTF8.GetBytes(new JsonObject { ["batchItemFailures"] = new JsonArray([.. failures]) }.ToJsonString())
        );
    }
}
