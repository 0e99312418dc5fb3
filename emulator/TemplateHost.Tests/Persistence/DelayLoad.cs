namespace TemplateHost.Tests.Persistence;

/// <summary>Messages that come only after their delay: never before, and each of them.</summary>
internal sealed class DelayLoad(string client) : Load(client)
{
    private static readonly TimeSpan Delay = TimeSpan.FromSeconds(2);
    private readonly Dictionary<int, DateTimeOffset> sent = [];
    private readonly Dictionary<string, DateTimeOffset> received = [];

    protected override Task SendAsync(HostProcess host, int number)
    {
        sent.TryAdd(number, DateTimeOffset.UtcNow);
        return host.CallAsync(
            "sqs",
            "SendMessage",
            new()
            {
                ["QueueUrl"] = host.QueueUrl("delayed"),
                ["MessageBody"] = NameOf(number),
                ["DelaySeconds"] = Delay.TotalSeconds,
            }
        );
    }

    protected override async Task ReceiveAsync(HostProcess host)
    {
        foreach (var message in await Messages.ReceiveAsync(host, "delayed", visibility: 2))
        {
            received.TryAdd(message.Body, DateTimeOffset.UtcNow);
            await Messages.DeleteAsync(host, "delayed", message);
        }

        await Task.Delay(20);
    }

    protected override async Task VerifyAsync(HostProcess last, HostLives lives, Tally tally)
    {
        await WaitAsync(async () =>
        {
            await ReceiveAsync(last);
            return Acknowledged.TrueForAll(number => received.ContainsKey(NameOf(number)));
        });
        foreach (var number in Acknowledged)
        {
            tally.Timer(
                $"delayed message {NameOf(number)}",
                sent[number] + Delay,
                received.TryGetValue(NameOf(number), out var at) ? at : null
            );
        }
    }
}
