using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using FairShare.Host;
using FairShare.Testing;
using FairShare.Testing.Metrics;
using TemplateHost.Hosting;
using Xunit;

namespace FairShare.Scenarios.Tests.Operations;

/// <summary>
/// A release with a mistake that Lambda does not see: SubmitReceipt answers 500. The test does what CodeDeploy does: each minute it gives
/// the release another tenth of the calls, until one of the alarms rings that the deployment group of prod names; then it takes it back.
/// </summary>
public sealed class ReleaseTakenBackTests
{
    private const int Tenths = 10;
    private const int ExchangesAMinute = 4;
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private readonly MetricStore metrics = new();
    private readonly ShiftedTime time = new();
    private readonly ConcurrentDictionary<string, int> served = [];
    private readonly List<TestExchange> failed = [];
    private int completed;

    [Fact]
    public async Task Release_AnswersItsCallsWith500_RingsAndIsTakenBack()
    {
        Assert.SkipWhen(TestHost.PublishedFunctions is not null, "Published functions go by the system's clock.");
        await using var host = await TestHost.StartAsync(
            new EmbeddedHostOptions
            {
                Listen = false,
                Time = time,
                Measured = metrics.Add,
            },
            functions: Start
        );
        using var alice = await TestParty.JoinAsync(host, "alice");
        using var bob = await TestParty.JoinAsync(host, "bob");
        var alarms = await AlarmsAsync(host);
        var since = time.GetUtcNow();
        List<string> rang = [];
        for (var tenth = 1; tenth <= Tenths && rang.Count == 0; tenth++)
        {
            await ShareAsync(host, tenth / (double)Tenths);
            await TradeAsync(alice, bob);
            time.Advance(Minute);
            rang = [.. alarms.Where(alarm => alarm.Rings(metrics, since, time.GetUtcNow()).Count > 0).Select(alarm => alarm.Name)];
        }

        // Lambda's own count, by which the other alarm goes, has nothing of it.
        Assert.Equal(["InternalErrorsOfSubmitReceipt"], rang);
        await ShareAsync(host, 0);
        await RequireTakenBackAsync();
        // The oracle has judged every call; disposing of the host judges every exchange once more.
        Assert.Equal(completed + failed.Count, host.ProvenExchanges);
    }

    private static async Task ShareAsync(TestHost host, double share)
    {
        var template = ReleaseTemplate.Next(share, "FAIRSHARE_EVIDENCE_TABLE");
        await host.Embedded.DeployBesideAsync(ServiceHost.StackName, template, new Dictionary<string, string>());
    }

    /// <summary>Exchanges whose receipts are sent once; what is answered 500 stays open.</summary>
    private async Task TradeAsync(TestParty alice, TestParty bob)
    {
        for (var number = 0; number < ExchangesAMinute; number++)
        {
            var exchange = await TestExchange.RequestAsync(bob, await TestDocument.DepositAsync(alice, bob));
            if ((await exchange.SubmitReceiptAsync()).Status is var status && status == 500)
            {
                failed.Add(exchange);
            }
            else
            {
                Assert.Equal(200, status);
                completed++;
            }
        }
    }

    /// <summary>The former version serves alone, and whoever was answered 500 comes to an ending by it.</summary>
    private async Task RequireTakenBackAsync()
    {
        Assert.NotEmpty(failed);
        var before = served["SubmitReceipt 2"];
        foreach (var exchange in failed)
        {
            (await exchange.SubmitReceiptAsync()).Require(200);
            Assert.Equal("Completed", await exchange.WaitForEndingAsync());
        }

        Assert.Equal(before, served["SubmitReceipt 2"]);
    }

    /// <summary>The alarms that the deployment group of SubmitReceipt names, of the functions that this host runs.</summary>
    private static async Task<IReadOnlyList<AlarmDefinition>> AlarmsAsync(TestHost host)
    {
        var template = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "FairShare-prod.template.json")))!;
        var resources = template["Resources"]!.AsObject();
        var groups = resources.Where(one => $"{one.Value!["Type"]}" == "AWS::CodeDeploy::DeploymentGroup");
        var group = groups.Single(one => one.Key.StartsWith("ReleasesSubmitReceipt", StringComparison.Ordinal)).Value!;
        var named = group["Properties"]!["AlarmConfiguration"]!["Alarms"]!.AsArray().Select(alarm => $"{alarm!["Name"]!["Ref"]}").ToList();
        foreach (var other in resources.Where(one => !named.Contains(one.Key)).ToList())
        {
            resources.Remove(other.Key);
        }

        var function = JsonNode.Parse(TestHost.Template)!["Resources"]!
            .AsObject()
            .Single(one => $"{one.Value!["Properties"]?["Handler"]}" == "SubmitReceipt")
            .Key;
        var name = host.Embedded.Outputs["SubmitReceiptName"];
        return AlarmDefinitions.Read(template.ToJsonString(), new Dictionary<string, string> { [function] = name });
    }

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
