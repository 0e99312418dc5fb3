using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using FairShare.Host;
using FairShare.Scenarios.Tests.BadInput;
using FairShare.Testing;
using TemplateHost.Hosting;
using Xunit;

namespace FairShare.Scenarios.Tests.Operations;

/// <summary>
/// A release while exchanges go on: old and new versions of the functions and of the state machine serve at once, then the new ones alone,
/// and no exchange is hurt. With <c>FAIRSHARE_FUNCTIONS</c> naming a directory whose folder <c>1</c> has the functions of another release,
/// version 1 runs that release's code (<c>eng/rolling-release.sh</c>).
/// </summary>
public sealed class ReleaseTests
{
    private readonly ConcurrentDictionary<string, int> served = [];
    private int number;

    [Fact]
    public async Task Release_UnderLoad_BothVersionsServeAndNoExchangeIsHurt()
    {
        await using var host = await TestHost.StartAsync(new EmbeddedHostOptions(), functions: Start);
        using var alice = await TestParty.JoinAsync(host, "alice");
        using var bob = await TestParty.JoinAsync(host, "bob");
        var document = await TestDocument.DepositAsync(alice, bob);
        List<TestExchange> open = [];
        foreach (var _ in Enumerable.Range(0, 3))
        {
            open.Add(await TestExchange.RequestAsync(bob, document));
            await BadInputCase.WaitUntilOpenAsync(open[^1]);
        }

        using var stop = new CancellationTokenSource();
        var load = Task.WhenAll(Enumerable.Range(0, 2).Select(_ => LoadAsync(alice, bob, stop.Token)));
        await UntilAsync(load, () => number >= 4);
        await host.Embedded.DeployBesideAsync(ServiceHost.StackName, ReleaseTemplate.Next(share: 0.5), new Dictionary<string, string>());
        var shared = number;
        await UntilAsync(load, () => number >= shared + 16);
        await host.Embedded.DeployBesideAsync(ServiceHost.StackName, ReleaseTemplate.Next(share: 1), new Dictionary<string, string>());
        var alone = number;
        await UntilAsync(load, () => number >= alone + 4);
        await stop.CancelAsync();
        await load;

        RequireBothServed();
        await RequireInFlightAsync(host, open);
        await RequireRunbookAsync(host);
        // The oracle has judged every call; disposing of the host judges every exchange once more.
        Assert.True(host.ProvenExchanges >= number, $"{host.ProvenExchanges} of {number}");
        Console.Error.WriteLine(
            $"release: {shared} exchanges before it, {alone - shared} while both versions served, {number - alone} after it, "
                + $"{open.Count} that were open all the time; {host.ProvenExchanges} proven to both parties"
        );
    }

    /// <summary>Exchanges, one after the other, each a whole one or one that is declined.</summary>
    private async Task LoadAsync(TestParty alice, TestParty bob, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var exchange = await TestExchange.RequestAsync(bob, await TestDocument.DepositAsync(alice, bob));
            var isDeclined = Interlocked.Increment(ref number) % 4 == 0;
            var answer = isDeclined ? await exchange.DeclineAsync() : await exchange.SubmitReceiptAsync();
            // A machine that is busy with starting processes answers 202 after three seconds, and that is well.
            Assert.True(answer.Status is 200 or 202, $"{answer.Status}: {answer.Body}");
            Assert.Equal(isDeclined ? "Declined" : "Completed", await exchange.WaitForEndingAsync());
        }
    }

    // Load that has failed counts no further: what it failed of is thrown.
    private static async Task UntilAsync(Task load, Func<bool> holds)
    {
        while (!holds())
        {
            if (load.IsCompleted)
            {
                await load;
            }

            await Task.Delay(20);
        }
    }

    private void RequireBothServed()
    {
        if (TestHost.PublishedFunctions is null)
        {
            Assert.All(
                ReleaseTemplate.Handlers,
                handler => Assert.True(served.GetValueOrDefault($"{handler} 1") > 0, $"{handler} 1 has not run.")
            );
            Assert.All(
                ReleaseTemplate.Handlers,
                handler => Assert.True(served.GetValueOrDefault($"{handler} 2") > 0, $"{handler} 2 has not run.")
            );
            Assert.DoesNotContain(
                served.Keys,
                key => ReleaseTemplate.Handlers.Contains(key.Split(' ')[0]) && key.EndsWith("$LATEST", StringComparison.Ordinal)
            );
        }
    }

    /// <summary>What began before the release has the former definition, and ends well with the new code.</summary>
    private static async Task RequireInFlightAsync(TestHost host, List<TestExchange> open)
    {
        var (machine, root) = (host.Embedded.Outputs["ExchangeStateMachineArn"], Root(host));
        foreach (var exchange in open)
        {
            var execution = $"{machine.Replace(":stateMachine:", ":execution:", StringComparison.Ordinal)}:{exchange.Id}";
            var named = new JsonObject { ["executionArn"] = execution };
            var described = (await root.CallAsync("states", "AWSStepFunctions.DescribeExecution", named)).Require(200);
            Assert.Equal($"{machine}:1", described.Text("stateMachineVersionArn"));
            Assert.Equal($"{machine}:live", described.Text("stateMachineAliasArn"));
            var old = await root.CallAsync("states", "AWSStepFunctions.DescribeStateMachineForExecution", named);
            Assert.DoesNotContain("Released anew", old.Require(200).Text("definition"), StringComparison.Ordinal);
        }

        (await open[0].SubmitReceiptAsync()).Require(200);
        (await open[1].DeclineAsync()).Require(200);
        Assert.Equal("Completed", await open[0].WaitForEndingAsync());
        Assert.Equal("Declined", await open[1].WaitForEndingAsync());
        var alias = new JsonObject { ["stateMachineAliasArn"] = $"{machine}:live" };
        var routes = (await root.CallAsync("states", "AWSStepFunctions.DescribeStateMachineAlias", alias)).Require(200);
        Assert.Equal($"{machine}:2", $"{routes["routingConfiguration"][0]!["stateMachineVersionArn"]}");
        (await open[2].SubmitReceiptAsync()).Require(200);
    }

    /// <summary>The runbook takes the release of SubmitReceipt back: version 1 serves again.</summary>
    private async Task RequireRunbookAsync(TestHost host)
    {
        if (TestHost.PublishedFunctions is not null || !host.Embedded.AwsUrl.Contains("127.0.0.1", StringComparison.Ordinal))
        {
            return;
        }

        var names = new Dictionary<string, string>(host.Embedded.Outputs) { ["VERSION"] = "1" };
        var before = served.GetValueOrDefault("SubmitReceipt 1");
        await new Runbook("docs/runbooks/release-taken-back.md").WalkAsync(host, names);
        using var alice = await TestParty.JoinAsync(host, "alice2");
        using var bob = await TestParty.JoinAsync(host, "bob2");
        var exchange = await TestExchange.RequestAsync(bob, await TestDocument.DepositAsync(alice, bob));
        (await exchange.SubmitReceiptAsync()).Require(200);
        Assert.Equal(before + 1, served["SubmitReceipt 1"]);
    }

    private static SignedAwsClient Root(TestHost host) =>
        new(
            host,
            new(host.Embedded.RootCredentials.AccessKeyId, host.Embedded.RootCredentials.SecretAccessKey, "", DateTimeOffset.MaxValue)
        );

    private TemplateHost.Kernel.FunctionHandler Start(TemplateHost.Kernel.FunctionStart start)
    {
        var handler = HandlerFactory.Start(start);
        var name = $"{start.Handler} {start.Environment["AWS_LAMBDA_FUNCTION_VERSION"]}";
        return (payload, invocation) =>
        {
            served.AddOrUpdate(name, 1, (_, count) => count + 1);
            return handler(payload, invocation);
        };
    }
}
