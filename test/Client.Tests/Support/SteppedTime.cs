namespace FairShare.Client.Tests.Support;

/// <summary>A clock that stands between its steps, and is never far from the system's, by which the command goes.</summary>
internal sealed class SteppedTime : TimeProvider
{
    private DateTimeOffset now = System.GetUtcNow();

    public override DateTimeOffset GetUtcNow() => now;

    /// <summary>Goes on to the system's time, and by as much at least.</summary>
    public void Step(TimeSpan least) => now = System.GetUtcNow() is var real && real > now + least ? real : now + least;
}
