using FairShare.Functions.Webhooks;

namespace FairShare.Functions.Tests.Webhooks;

public sealed class RetryScheduleTests
{
    [Fact]
    public void After_EachAttempt_WaitsLongerUntilThreeDaysAreOver()
    {
        var start = new DateTimeOffset(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);
        var (now, waits) = (start, new List<TimeSpan>());
        while (RetrySchedule.After(waits.Count + 1, start, now) is { } wait)
        {
            waits.Add(wait);
            now += wait;
        }

        Assert.Equal(TimeSpan.FromSeconds(5), waits[0]);
        Assert.Equal(waits.Order(), waits);
        Assert.Equal(10, waits.Count);
        Assert.InRange(now - start, RetrySchedule.Span - TimeSpan.FromHours(12), RetrySchedule.Span);
        // SQS hides no message for longer than twelve hours from when it was received, and an attempt may take the function's minute.
        Assert.All(waits, wait => Assert.InRange(wait, TimeSpan.Zero, TimeSpan.FromHours(12) - TimeSpan.FromMinutes(1)));
    }
}
