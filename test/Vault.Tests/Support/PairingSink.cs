using FairShare.Vault.Transfer;

namespace FairShare.Vault.Tests.Support;

/// <summary>Finishes a part only when the next one has begun, and counts how many are being sent.</summary>
internal sealed class PairingSink(int first) : IUploadSink
{
    public const string Message = "The network failed.";

    // Only a failing test waits for so long.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly TaskCompletionSource paired = new();
    private int atATime;

    public int AtATime => atATime;

    public int MostAtATime { get; private set; }

    /// <summary>The first and the last part, where they were sent alone.</summary>
    public List<string> Alone { get; } = [];

    public int? FailsAt { get; init; }

    public Task RecordAsync(UploadState state, CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task SendAsync(UploadPart part, CancellationToken cancellationToken)
    {
        var count = Interlocked.Increment(ref atATime);
        MostAtATime = Math.Max(MostAtATime, count);
        if (count == 1 && (part.Number == 1 || part.IsLast))
        {
            Alone.Add($"{part.Number} alone");
        }

        if (part.Number == first + 1)
        {
            paired.SetResult();
        }

        if (part.Number == first)
        {
            await paired.Task.WaitAsync(Patience, cancellationToken);
        }

        await Task.Yield();
        Interlocked.Decrement(ref atATime);
        if (part.Number == FailsAt)
        {
            throw new IOException(Message);
        }
    }
}
