using System.Text.Json.Nodes;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using FairShare.Scenarios.Tests.Permissions;
using Xunit;

namespace FairShare.Scenarios.Tests.Log;

/// <summary>The auditor's stack beside the service's: its schedule, what it finds, what it may.</summary>
public sealed class ScheduledAuditTests
{
    private static readonly string[] OfFindings =
    [
        "UnfairEndings",
        "UnprovenTokens",
        "ForgedSeals",
        "LogForks",
        "StuckExchanges",
        "OtherFindings",
    ];

    [Fact]
    public async Task Audit_TrueStoreThenACheatingOne_FindsNothingThenWhatWasDone()
    {
        await using var service = await AuditedService.StartAsync();
        var (exchange, place) = await service.CompleteAsync();
        await service.DeployAsync();
        service.Scenario = "first audit";
        var metrics = await service.NextAuditAsync();
        AssertFound(metrics);
        Assert.Equal((1, 0, "dev"), ((int)metrics["Audits"]!, (int)metrics["LeavesBehind"]!, (string)metrics["Stage"]!));
        Assert.True((int)metrics["AuditedTokens"]! >= 7, metrics.ToJsonString());
        Assert.Equal("", await service.FindingsAsync());
        var former = await service.Cheat.ReplaceCheckpointAsync(null);

        service.Scenario = "later audits";
        // What came since is audited, and what was before a second time; what comes during the audit is nothing that it misses.
        await service.CompleteAsync();
        var during = 0;
        AssertFound(
            await service.NextAuditAsync(async () =>
            {
                await service.CompleteAsync();
                during++;
            })
        );
        Assert.Equal(1, during);
        // Now the first exchange is not among what is new: only the sweep comes upon it, and the table says where its tokens stand.
        AssertFound(await service.NextAuditAsync());

        service.Scenario = "audits of a store that cheats";
        await service.Cheat.RewriteAsync("SequenceLog", place, "LEAF", item => item["index"] = new AttributeValue { N = "0" });
        AssertFound(await service.NextAuditAsync(), ("UnprovenTokens", 1));
        Assert.Contains("not-in-log", await service.FindingsAsync(), StringComparison.Ordinal);

        await service.Cheat.RewriteAsync(
            "ExchangeStateMachine",
            exchange,
            "ENDING",
            item => item["state"] = new AttributeValue("Declined")
        );
        AssertFound(await service.NextAuditAsync(), ("UnprovenTokens", 1), ("UnfairEndings", 3));
        Assert.Contains("other-state", await service.FindingsAsync(), StringComparison.Ordinal);

        var latest = await service.Cheat.ReplaceCheckpointAsync(former);
        Assert.Equal(1, (int)(await service.NextAuditAsync())["LogForks"]!);
        Assert.Contains("log-shrink", await service.FindingsAsync(), StringComparison.Ordinal);
        await service.Cheat.ReplaceCheckpointAsync(latest);
        AssertFound(await service.NextAuditAsync(), ("UnprovenTokens", 1), ("UnfairEndings", 3));

        Assert.Empty(service.Denials);
        RequireRights(service.Used);
        await AssertReadsOnlyAsync(service, exchange);

        // No sweep comes upon what is erased; the archives of leaves that were read long ago name it.
        await service.Cheat.EraseAsync(exchange);
        AssertFound(await service.NextAuditAsync(), ("UnprovenTokens", 3));
        Assert.Contains("not-in-table", await service.FindingsAsync(), StringComparison.Ordinal);
    }

    private static void AssertFound(JsonNode metrics, params (string Metric, int Count)[] found) =>
        Assert.All(
            OfFindings,
            name => Assert.Equal((name, found.FirstOrDefault(one => one.Metric == name).Count), (name, (int)metrics[name]!))
        );

    private static void RequireRights(UsedRights used)
    {
        var judge = new RightsJudge(AuditedService.Template, used);
        var page = new UsedRightsPage("auditor", judge, used).Write();
        Assert.True(!judge.Unused().Any(), $"Nothing misses: {string.Join("; ", judge.Unused())}");
        Assert.True(!judge.Wide().Any(), $"Wider than needed: {string.Join("; ", judge.Wide())}");
        page.Require();
        Assert.All(WiderTemplate.Of(AuditedService.Template), wider => wider.RequireFound(used));
    }

    private static async Task AssertReadsOnlyAsync(AuditedService service, string partition)
    {
        var table = service.Host.Embedded.Outputs["EvidenceTableName"];
        using var auditor = await service.Clients.AuditorAsync();
        var key = new Dictionary<string, AttributeValue> { ["pk"] = new(partition), ["sk"] = new("ENDING") };
        await AssertDeniedAsync(() => auditor.PutItemAsync(table, key));
        await AssertDeniedAsync(() => auditor.DeleteItemAsync(table, key));
        await AssertDeniedAsync(() => auditor.GetItemAsync(table, key));
        await AssertDeniedAsync(() => auditor.ScanAsync(new ScanRequest { TableName = table, ProjectionExpression = "pk, taskToken" }));
        await AssertDeniedAsync(() => auditor.ScanAsync(new ScanRequest { TableName = table }));
        var query = new QueryRequest
        {
            TableName = table,
            KeyConditionExpression = "pk = :pk",
            ExpressionAttributeValues = new() { [":pk"] = new AttributeValue(partition) },
        };
        await AssertDeniedAsync(() => auditor.QueryAsync(query));
        query.ProjectionExpression = "taskToken";
        await AssertDeniedAsync(() => auditor.QueryAsync(query));
    }

    private static async Task AssertDeniedAsync(Func<Task> call)
    {
        var refused = await Assert.ThrowsAnyAsync<AmazonDynamoDBException>(call);
        Assert.Equal("AccessDeniedException", refused.ErrorCode);
    }
}
