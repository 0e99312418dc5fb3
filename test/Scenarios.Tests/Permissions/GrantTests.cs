using System.Collections.Concurrent;
using FairShare.Testing;
using Xunit;

namespace FairShare.Scenarios.Tests.Permissions;

/// <summary>
/// No right is missing, and none is superfluous: each is taken away once, and something must be refused for the lack of it.
/// </summary>
public sealed class GrantTests
{
    private static readonly TimeSpan Behind = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task Template_AsItIs_LetsEverythingRun()
    {
        var denials = new ConcurrentQueue<string>();
        await using var host = await TestHost.StartAsync(new() { Listen = false, Denied = denials.Enqueue });
        Assert.Empty(await EverythingTheServiceDoes.RunAsync(host));
        Assert.All(denials, denial => Assert.Contains("s3:ListBucket", denial, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Template_WithoutAnyOneGrant_RefusesNamingActionAndResource()
    {
        // But the rights by which Lambda writes a function's log: without them nothing fails, on AWS either.
        var grants = GrantMutation.All().Where(grant => !grant.Action.StartsWith("logs:", StringComparison.Ordinal)).ToList();
        Assert.True(grants.Count > 50, $"Only {grants.Count} grants were found in the template.");
        var superfluous = new ConcurrentQueue<string>();
        await Parallel.ForEachAsync(
            grants,
            new ParallelOptions { MaxDegreeOfParallelism = 6 },
            async (grant, _) =>
            {
                if (!await IsMissedAsync(grant))
                {
                    superfluous.Enqueue(grant.ToString());
                }
            }
        );
        Assert.True(superfluous.IsEmpty, $"Nothing misses: {string.Join("; ", superfluous)}");
    }

    /// <summary>Runs everything until the right is missed; what happens after that is of no interest.</summary>
    private static async Task<bool> IsMissedAsync(GrantMutation grant)
    {
        var missed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var host = await TestHost.StartAsync(new() { Listen = false, Denied = Observe }, grant.Apply(), isJudged: false);
        var tour = EverythingTheServiceDoes.RunAsync(host);
        await Task.WhenAny(tour, missed.Task);
        // What functions do behind the answers may take longer than the tour; a right that is missed at last was not superfluous.
        await Task.WhenAny(missed.Task, Task.Delay(Behind));
        return missed.Task.IsCompleted;

        void Observe(string denial)
        {
            if (denial.Contains($"not authorized to perform: {grant.Action} on resource: ", StringComparison.Ordinal))
            {
                missed.TrySetResult();
            }
        }
    }
}
