using Xunit;

namespace FairShare.Scenarios.Tests.Operations;

/// <summary>A world whose canary runs only when a test says so: its keys are dear to open.</summary>
public sealed class UnscheduledWorld : OperationsWorld
{
    public UnscheduledWorld() => HasCanarySchedule = false;

    /// <summary>A time from which a data point is of after now.</summary>
    public DateTimeOffset MetricAfter() => Now + TimeSpan.FromMinutes(1);

    /// <summary>Plants no fault, and leaves behind what an earlier one left.</summary>
    public async Task RestAsync()
    {
        Plant(null);
        await PassAsync(TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1));
    }

    /// <summary>Waits until an alarm rings, takes its fault away, and runs the commands of its runbook.</summary>
    public async Task RequireWalkedAsync(string name, DateTimeOffset since)
    {
        var alarm = await RequireRingingAsync(name, since);
        Plant(null);
        await new Runbook(alarm.Runbook).WalkAsync(Service.Host, Names);
    }
}

/// <summary>Classes of tests that plant faults in the same world, one after the other.</summary>
[CollectionDefinition(nameof(AlarmWalks))]
public sealed class AlarmWalks : ICollectionFixture<UnscheduledWorld>;
