namespace FairShare.Client.Backup.Peers;

/// <summary>How long a peer is waited for, so that one that is slow or silent does not hold up the others.</summary>
/// <param name="Length">How long a call, or one piece of a body, may take.</param>
/// <param name="Time">The clock.</param>
public sealed record Patience(TimeSpan Length, TimeProvider Time)
{
    /// <summary>Octets a second: so slow a line is still waited for while a large piece is sent.</summary>
    private const double SlowestLine = 16 * 1024;

    /// <summary>A minute by default.</summary>
    public static readonly TimeSpan Standard = TimeSpan.FromMinutes(1);

    /// <summary>The same patience for a piece that is larger than a leaf.</summary>
    /// <param name="octets">The octets of the piece.</param>
    public Patience For(long octets) => this with { Length = Length + TimeSpan.FromSeconds(octets / SlowestLine) };

    /// <summary>Waits for a piece of work.</summary>
    /// <param name="peer">Who does it, for people.</param>
    /// <param name="work">The work; its token ends it when the patience is over.</param>
    /// <param name="cancellationToken">Stops it before.</param>
    /// <exception cref="TimeoutException">It took too long.</exception>
    public async Task<T> WaitAsync<T>(string peer, Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(work);
        using var limit = new CancellationTokenSource(Length, Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await work(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"{peer} did not answer within {Length.TotalSeconds:F0} s.");
        }
    }
}
