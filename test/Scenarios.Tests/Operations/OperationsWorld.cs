using System.Text.Json.Nodes;
using Amazon.S3.Model;
using FairShare.Scenarios.Tests.Log;
using FairShare.Testing;
using FairShare.Testing.Metrics;
using TemplateHost.Gateway.Faults;
using Xunit;

namespace FairShare.Scenarios.Tests.Operations;

/// <summary>
/// A service with its operations stack beside it, whose metrics are kept, whose alarms are evaluated, and that fails as planned.
/// </summary>
public class OperationsWorld : IAsyncLifetime
{
    private const string Password = "Correct-Horse-42";
    private static readonly TimeSpan Step = TimeSpan.FromMinutes(5);
    private readonly FaultPlan plan = new(seed: 1);

    /// <summary>The service and its auditor.</summary>
    internal AuditedService Service { get; private set; } = null!;

    /// <summary>Every data point so far.</summary>
    public MetricStore Metrics { get; } = new();

    /// <summary>What functions logged.</summary>
    public System.Collections.Concurrent.ConcurrentQueue<string> Lines { get; } = [];

    /// <summary>The alarms of the operations stack, as they were deployed.</summary>
    public IReadOnlyList<AlarmDefinition> Alarms { get; private set; } = [];

    /// <summary>The host's time.</summary>
    public DateTimeOffset Now => Service.Time.GetUtcNow();

    /// <summary>The outputs of both stacks, by which runbooks name things.</summary>
    public Dictionary<string, string> Names { get; } = [];

    /// <summary>How many new leaves an audit reads; null for as many as by default.</summary>
    internal int? LeavesAtOnce { get; init; }

    /// <summary>Whether the canary runs by itself.</summary>
    internal bool HasCanarySchedule { get; init; } = true;

    /// <summary>Chooses the fault of a call; null for none.</summary>
    internal void Plant(Func<CallPoint, FaultRule?>? choose) => plan.Choose = choose;

    public virtual async ValueTask InitializeAsync()
    {
        Service = await AuditedService.StartAsync(options =>
            options with
            {
                Listen = true,
                Faults = plan,
                Measured = Metrics.Add,
                FunctionLog = (function, line) =>
                {
                    options.FunctionLog(function, line);
                    Lines.Enqueue(line);
                },
            }
        );
        await Service.DeployAsync(leaves: LeavesAtOnce, hasCanary: HasCanarySchedule);
        foreach (var (name, value) in Service.Host.Embedded.Outputs.Concat(Service.Outputs))
        {
            Names[name] = value;
        }

        Alarms = AlarmDefinitions.Read(AuditedService.Template, Service.Host.Embedded.Outputs);
        await SignUpCanaryAsync();
    }

    /// <summary>Puts the canary's parties where it looks for them.</summary>
    public Task PutCanaryAsync(string password = Password) =>
        Service.Objects.PutObjectAsync(
            new PutObjectRequest
            {
                BucketName = Names["CanaryBucketName"],
                Key = "parties.json",
                ContentBody = new JsonObject
                {
                    ["uploader"] = Party("canary-a", password),
                    ["downloader"] = Party("canary-b", password),
                }.ToJsonString(),
            }
        );

    /// <summary>Puts the clock forward by steps, and lets the service come to rest after each.</summary>
    public async Task PassAsync(TimeSpan duration, TimeSpan? step = null)
    {
        for (var left = duration; left > TimeSpan.Zero; left -= step ?? Step)
        {
            await Quiet.UntilAsync([Service.Host.Embedded]);
            Service.Time.Advance(step ?? Step);
        }

        // Timers that have come due fire within some milliseconds.
        await Task.Delay(TimeSpan.FromMilliseconds(60));
        await Quiet.UntilAsync([Service.Host.Embedded]);
    }

    /// <summary>The alarms that ring at some time in a span.</summary>
    public IReadOnlyList<string> Ringing(DateTimeOffset from, DateTimeOffset to) =>
        [.. Alarms.Where(alarm => alarm.Rings(Metrics, from, to).Count > 0).Select(alarm => alarm.Name)];

    /// <summary>Waits until the alarm of a name rings for what happened since a time.</summary>
    public async Task<AlarmDefinition> RequireRingingAsync(string name, DateTimeOffset since)
    {
        var alarm = Alarms.Single(alarm => alarm.Name == name);
        var from = MetricStore.Floor(since, alarm.Period);
        for (var attempt = 0; attempt < 4 && alarm.Rings(Metrics, from, Now).Count == 0; attempt++)
        {
            await PassAsync(alarm.Period, alarm.Period);
        }

        Assert.True(alarm.Rings(Metrics, from, Now).Count > 0, $"{name} does not ring.");
        return alarm;
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await Service.DisposeAsync();
    }

    private static JsonObject Party(string name, string password = Password) =>
        new() { ["address"] = $"{name}@example.com", ["password"] = password };

    private async Task SignUpCanaryAsync()
    {
        foreach (var name in new[] { "canary-a", "canary-b" })
        {
            using var party = await TestParty.SignUpAsync(Service.Host, $"{name}@example.com", $"{name}@example.com");
        }

        await PutCanaryAsync();
    }
}
