namespace TemplateHost.Tests.Persistence;

/// <summary>Messages that are received and not deleted come again, no sooner than their visibility timeout; deleted ones never.</summary>
internal sealed class VisibilityLoad(string client) : Load(client)
{
    private const int Seconds = 2;
    private readonly Dictionary<int, string> bodies = [];
    private readonly Dictionary<string, DateTimeOffset> hidden = [];
    private readonly Dictionary<string, DateTimeOffset> again = [];
    private readonly HashSet<string> deleted = [];
    private readonly HashSet<string> cameAfterItsDeletion = [];
    private int attempts;

    protected override Task SendAsync(HostProcess host, int number)
    {
        // One that was sent before a kill, and not acknowledged, is another message.
        bodies[number] = $"{NameOf(number)} attempt {attempts++}";
        return host.CallAsync("sqs", "SendMessage", new() { ["QueueUrl"] = host.QueueUrl("hidden"), ["MessageBody"] = bodies[number] });
    }

    protected override async Task ReceiveAsync(HostProcess host)
    {
        var asked = DateTimeOffset.UtcNow;
        foreach (var message in await Messages.ReceiveAsync(host, "hidden", Seconds))
        {
            if (deleted.Contains(message.Body))
            {
                cameAfterItsDeletion.Add(message.Body);
            }
            else if (!hidden.TryAdd(message.Body, asked))
            {
                again.TryAdd(message.Body, DateTimeOffset.UtcNow);
                await Messages.DeleteAsync(host, "hidden", message);
                deleted.Add(message.Body);
            }
        }

        await Task.Delay(20);
    }

    protected override async Task VerifyAsync(HostProcess last, HostLives lives, Tally tally)
    {
        await WaitAsync(async () =>
        {
            await ReceiveAsync(last);
            return Acknowledged.TrueForAll(number => again.ContainsKey(bodies[number]));
        });
        tally.Twice.AddRange(cameAfterItsDeletion.Select(body => $"deleted message {body}"));
        foreach (var body in Acknowledged.Select(number => bodies[number]))
        {
            var due = hidden.TryGetValue(body, out var since) ? since.AddSeconds(Seconds) : DateTimeOffset.MaxValue;
            tally.Timer($"hidden message {body}", due, again.TryGetValue(body, out var at) ? at : null);
        }
    }
}
