namespace FairShare.Client.Tests.Backup;

/// <summary>Holds the first use of a right by one function of a peer until it is disposed; everything else goes on.</summary>
internal sealed class HeldRight : IDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(25);

    private readonly TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource released = new();
    private int uses;

    /// <summary>Holds it from now on.</summary>
    /// <param name="peers">The peers.</param>
    /// <param name="name">The peer.</param>
    /// <param name="function">What the name of the function's role has in it.</param>
    /// <param name="action">The right, for example <c>s3:PutObject</c>.</param>
    public HeldRight(PeerFixture peers, string name, string function, string action) =>
        peers.Relies = (peer, use) =>
        {
            var isIt = peer == name && use.Action == action && use.Role.Contains(function, StringComparison.Ordinal);
            if (isIt && Interlocked.Increment(ref uses) == 1)
            {
                reached.SetResult();
                released.Task.Wait(Longest);
            }
        };

    /// <summary>Ends when it is held.</summary>
    public Task Reached => reached.Task.WaitAsync(Longest);

    public void Dispose() => released.TrySetResult();
}
