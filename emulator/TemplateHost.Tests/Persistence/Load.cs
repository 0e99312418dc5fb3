namespace TemplateHost.Tests.Persistence;

/// <summary>One client's calls over many lives of a host, and what it was told of them. Only what was acknowledged counts.</summary>
internal abstract class Load(string client)
{
    private int next;
    private int? unacknowledged;
    private int rounds;

    /// <summary>How many numbers were acknowledged so far; another thread may look at it while the load runs.</summary>
    public int Rounds => Volatile.Read(ref rounds);

    public string Client => client;

    /// <summary>Numbers of which every call was acknowledged.</summary>
    public List<int> Acknowledged { get; } = [];

    /// <summary>How many writes each of <see cref="Acknowledged"/> stands for.</summary>
    protected virtual int WritesEach => 1;

    /// <summary>
    /// Goes from number to number until the host is gone; a number that was not acknowledged is sent again to the next host.
    /// </summary>
    public async Task RunAsync(HostProcess host)
    {
        try
        {
            while (true)
            {
                var number = unacknowledged ?? next++;
                unacknowledged = number;
                await SendAsync(host, number);
                unacknowledged = null;
                Acknowledged.Add(number);
                Interlocked.Increment(ref rounds);
                await ReceiveAsync(host);
            }
        }
        catch (Exception gone) when (gone is HttpRequestException { StatusCode: null } or IOException)
        {
            // The kill.
        }
    }

    /// <summary>Waits on the last host for everything that is still to come, and tells what became of it all.</summary>
    public async Task SettleAsync(HostProcess last, HostLives lives, Tally tally)
    {
        tally.Writes += Acknowledged.Count * WritesEach;
        await VerifyAsync(last, lives, tally);
    }

    protected string NameOf(int number) => $"{client}/{number}";

    protected abstract Task SendAsync(HostProcess host, int number);

    /// <summary>Takes what came meanwhile.</summary>
    protected virtual Task ReceiveAsync(HostProcess host) => Task.CompletedTask;

    protected abstract Task VerifyAsync(HostProcess last, HostLives lives, Tally tally);

    /// <summary>
    /// Asks again and again for at most half an hour, as a rule tries a delivery again after ten minutes at the latest; whether it came
    /// about.
    /// </summary>
    protected static async Task<bool> WaitAsync(Func<Task<bool>> happened)
    {
        var until = DateTimeOffset.UtcNow.AddMinutes(30);
        while (!await happened())
        {
            if (DateTimeOffset.UtcNow > until)
            {
                return false;
            }

            await Task.Delay(50);
        }

        return true;
    }
}
