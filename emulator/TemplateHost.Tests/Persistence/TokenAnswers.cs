using System.Text.Json.Nodes;
using TemplateHost.Tests.Support;

namespace TemplateHost.Tests.Persistence;

/// <summary>Sends back the tokens that come by the queue, each twice: the first acceptance holds, a second one must not be.</summary>
internal sealed class TokenAnswers
{
    private readonly Dictionary<string, string> accepted = [];
    private readonly HashSet<string> acceptedTwice = [];
    private int sent;

    public async Task SendAsync(HostProcess host)
    {
        foreach (var message in await Messages.ReceiveAsync(host, "tokens", visibility: 2))
        {
            var body = JsonNode.Parse(message.Body)!;
            var (token, execution) = (body["token"]!.ToString(), body["execution"]!.ToString());
            await SendAsync(host, token, execution);
            await SendAsync(host, token, execution);
            await Messages.DeleteAsync(host, "tokens", message);
        }
    }

    /// <summary>Holds the accepted answers against what the executions ended in.</summary>
    public void Tell(Tally tally, IReadOnlyDictionary<string, string?> outputs)
    {
        tally.Writes += accepted.Count;
        tally.Twice.AddRange(acceptedTwice.Select(execution => $"token of {execution}"));
        tally.Lost.AddRange(
            accepted
                .Where(answer => outputs.TryGetValue(answer.Key, out var output) && output != answer.Value)
                .Select(answer => $"token of {answer.Key}: {answer.Value} was accepted, the output is {outputs[answer.Key]}")
        );
    }

    private async Task SendAsync(HostProcess host, string token, string execution)
    {
        var output = $"{++sent}";
        try
        {
            await host.CallAsync("states", "SendTaskSuccess", new() { ["taskToken"] = token, ["output"] = output });
            if (!accepted.TryAdd(execution, output))
            {
                acceptedTwice.Add(execution);
            }
        }
        catch (AwsCallException refusal) when (refusal.Code == "TaskTimedOut")
        {
            // Settled before, perhaps by a call that a kill left without an answer.
        }
    }
}
