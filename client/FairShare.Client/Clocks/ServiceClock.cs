namespace FairShare.Client.Clocks;

/// <summary>Reads what every answer of the service says of its time, and so how far this machine's clock is off.</summary>
/// <param name="time">This machine's clock.</param>
/// <param name="inner">The way to the service.</param>
public sealed class ServiceClock(TimeProvider time, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    /// <summary>How far this machine's clock may be off: a minute. What is signed with a worse one may be refused, now or later.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(1);

    private long ahead;

    /// <summary>How far this machine's clock was ahead of the service's at the last answer; negative when it is behind.</summary>
    public TimeSpan Ahead => TimeSpan.FromTicks(Interlocked.Read(ref ahead));

    /// <summary>Whether it is off by more than <see cref="Tolerance"/>.</summary>
    public bool IsOff => Ahead.Duration() > Tolerance;

    /// <summary>Which clock is off, how far and in which direction.</summary>
    public string Describe() =>
        FormattableString.Invariant(
            $"This machine's clock is {Ahead.Duration().TotalSeconds:0} s {(Ahead > TimeSpan.Zero ? "ahead of" : "behind")} the service's."
        );

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (response.Headers.Date is { } date)
        {
            Interlocked.Exchange(ref ahead, (time.GetUtcNow() - date).Ticks);
        }

        return response;
    }
}

/// <summary>This machine's clock is too far off to sign anything by.</summary>
/// <param name="message">Which clock, how far, in which direction.</param>
public sealed class ClockProblem(string message) : Exception(message);
