namespace FairShare.Client.Exchange;

/// <summary>One message of the protocol as it happened.</summary>
/// <param name="Step">The step: <c>1</c>, <c>2</c>, <c>upload</c>, <c>3</c>, <c>v</c>, <c>4</c>, <c>5</c>, <c>6</c>, <c>8</c>,
/// <c>download</c>.</param>
/// <param name="From">The sender's role: A, B, TDS or S3.</param>
/// <param name="To">The receiver's role.</param>
/// <param name="What">What was sent.</param>
/// <param name="Took">Since the message before it.</param>
public sealed record StepReport(string Step, string From, string To, string What, TimeSpan Took);

/// <summary>Reports steps with the time since the one before.</summary>
internal sealed class StepReporter(Action<StepReport>? report, TimeProvider time)
{
    private long last = time.GetTimestamp();

    public void Note(string step, string from, string to, string what)
    {
        var now = time.GetTimestamp();
        report?.Invoke(new StepReport(step, from, to, what, time.GetElapsedTime(last, now)));
        last = now;
    }
}
