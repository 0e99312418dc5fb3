namespace FairShare.Vault.Transfer;

/// <summary>The parts that are being sent: two at most, and the first and the last of all alone.</summary>
internal sealed class PartsInFlight(PartBuffers parts, IUploadSink sink, CancellationToken cancellationToken)
{
    private const int Most = 2;

    private readonly Queue<Task> sending = new();

    /// <summary>Begins to send a part. Returns once another may be added, and after the last part when all were sent.</summary>
    /// <exception cref="Exception">What the sink threw for this part or for an earlier one.</exception>
    public async Task AddAsync(UploadPart part)
    {
        await DownToAsync(part.IsLast ? 0 : Most - 1);
        sending.Enqueue(SendAsync(part));
        if (part.Number == 1 || part.IsLast)
        {
            await DownToAsync(0);
        }
    }

    /// <summary>Waits until nothing is being sent, however it ends.</summary>
    public async Task EndAsync() => await Task.WhenAll(sending).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private async Task SendAsync(UploadPart part)
    {
        await sink.SendAsync(part, cancellationToken);
        parts.Return(part.Bytes);
    }

    private async Task DownToAsync(int count)
    {
        while (sending.Count > count)
        {
            await sending.Dequeue();
        }
    }
}
