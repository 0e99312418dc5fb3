using Amazon.DynamoDBv2;
using TemplateHost.Gateway.Faults;
using TemplateHost.Hosting;
using TemplateHost.Testing;
using TemplateHost.Tests.DynamoDb;
using Xunit;

namespace TemplateHost.Tests.Gateway;

public sealed class FaultTests
{
    [Theory]
    [InlineData(FaultKind.Throttle, "ThrottlingException", 0)]
    [InlineData(FaultKind.InternalError, "InternalServerError", 0)]
    [InlineData(FaultKind.CutBefore, null, 0)]
    [InlineData(FaultKind.CutAfter, null, 1)]
    [InlineData(FaultKind.Duplicate, "", 2)]
    public async Task Call_MeetingAFault_HasItsEffectAsOftenAsTheFaultSays(FaultKind kind, string? code, int effects)
    {
        var plan = new FaultPlan(seed: 1);
        await using var host = await SdkHost.StartAsync(TestTable.Template, new EmbeddedHostOptions { Faults = plan });
        using var client = new AmazonDynamoDBClient(host.Root, host.Configure(new AmazonDynamoDBConfig()));
        plan.Rules = [new FaultRule(kind, 1, "dynamodb", "UpdateItem")];

        var failure = await Record.ExceptionAsync(() =>
            client.UpdateItemAsync(
                new()
                {
                    TableName = TestTable.Name,
                    Key = TestTable.Key("a"),
                    UpdateExpression = "ADD n :one",
                    ExpressionAttributeValues = new() { [":one"] = TestTable.Number(1) },
                }
            )
        );
        plan.Rules = [];
        var item = (await client.GetItemAsync(TestTable.Name, TestTable.Key("a"))).Item;

        // The client tries again after a broken connection, and meets the fault again.
        var attempts = plan.Injected[kind];
        Assert.Equal(effects * attempts, int.Parse(item?["n"].N ?? "0", System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(
            code,
            code is null ? (failure as AmazonDynamoDBException)?.ErrorCode : (failure as AmazonDynamoDBException)?.ErrorCode ?? ""
        );
        Assert.Equal(code == "", failure is null);
    }

    [Fact]
    public async Task Call_TimingOut_IsNotAnsweredAndHasNoEffect()
    {
        var time = new VirtualTimeProvider(TimeProvider.System.GetUtcNow());
        var plan = new FaultPlan(seed: 1);
        await using var host = await SdkHost.StartAsync(TestTable.Template, new EmbeddedHostOptions { Faults = plan, Time = time });
        using var client = new AmazonDynamoDBClient(host.Root, host.Configure(new AmazonDynamoDBConfig()));
        plan.Rules = [new FaultRule(FaultKind.Timeout, 1, "dynamodb", "PutItem", TimeSpan.FromMinutes(1))];
        var put = client.PutItemAsync(TestTable.Name, TestTable.Key("a"));
        while (plan.Injected.GetValueOrDefault(FaultKind.Timeout) == 0)
        {
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }

        Assert.False(put.IsCompleted);
        while (!put.IsCompleted)
        {
            time.Advance(TimeSpan.FromMinutes(1));
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }

        await Assert.ThrowsAnyAsync<Exception>(() => put);
        plan.Rules = [];
        Assert.Empty((await client.GetItemAsync(TestTable.Name, TestTable.Key("a"))).Item ?? []);
    }

    [Fact]
    public void Plans_OfOneSeed_DrawTheSame()
    {
        static List<FaultKind?> Draws()
        {
            var plan = new FaultPlan(seed: 42) { Rules = [new FaultRule(FaultKind.Throttle, 0.3), new FaultRule(FaultKind.CutAfter, 0.3)] };
            return [.. Enumerable.Range(0, 100).Select(_ => plan.Draw(new CallPoint("", "s3", "PUT"))?.Kind)];
        }

        Assert.Equal(Draws(), Draws());
        Assert.Equal(3, Draws().Distinct().Count());
    }
}
