using System.Text.Json.Nodes;
using Amazon.DynamoDBv2.Model;
using FairShare.Aws.Audit;
using FairShare.Aws.Events;
using Xunit;

namespace FairShare.Scenarios.Tests.Log;

/// <summary>
/// The auditor without its sweep, which is of one item here: what it reads twice, what it remembers from one audit to the next, and what
/// becomes of it when the archives have a gap, its cursor is damaged, or two run at once.
/// </summary>
public sealed class ScheduledAuditFaultTests
{
    [Fact]
    public async Task Audit_AlmostWithoutSweep_FindsWhatTheOverlapTheOpenExchangesAndTheArchivesShow()
    {
        await using var service = await AuditedService.StartAsync();
        var (exchange, _) = await service.CompleteAsync();
        var stuck = await service.GetStuckAsync();
        await service.DeployAsync(sweptItems: 1);
        Assert.Equal("", await FindingsOfNextAsync(service));

        // Read once by the first audit, and by the second again; an hour ago the exchange was not overdue.
        await service.Cheat.RewriteAsync(
            "ExchangeStateMachine",
            exchange,
            "ENDING",
            item => item["state"] = new AttributeValue("Declined")
        );
        await service.CompleteAsync();
        var found = await FindingsOfNextAsync(service);
        Assert.Contains("other-state", found, StringComparison.Ordinal);
        Assert.Contains($"\"overdue\",\"subject\":\"{stuck}\"", found, StringComparison.Ordinal);

        // Neither is among what is new now, nor among what was new then: the exchange is remembered.
        var hidden = await HideLastArchiveAsync(service);
        found = await FindingsOfNextAsync(service);
        Assert.Contains($"\"overdue\",\"subject\":\"{stuck}\"", found, StringComparison.Ordinal);
        Assert.Contains("not-in-archive", found, StringComparison.Ordinal);
        // What was not looked for is not said to be missing.
        Assert.DoesNotContain("not-in-table", found, StringComparison.Ordinal);
        Assert.StartsWith("archive/", hidden, StringComparison.Ordinal);

        await service.Cheat.EraseAsync(stuck);
        Assert.Contains($"\"exchange-gone\",\"subject\":\"{stuck}\"", await FindingsOfNextAsync(service), StringComparison.Ordinal);
        await RequireTwoAtOnceAsync(service);
        await RequireDamagedCursorAsync(service);
        Assert.Empty(service.Denials);
    }

    private static async Task<string> FindingsOfNextAsync(AuditedService service)
    {
        JsonNode metrics = await service.NextAuditAsync();
        Assert.Equal((1, 0), ((int)metrics["Audits"]!, (int)metrics["LogForks"]!));
        return await service.FindingsAsync();
    }

    /// <summary>Nobody can delete an archive, but whoever may delete objects can have it no longer be listed.</summary>
    private static async Task<string> HideLastArchiveAsync(AuditedService service)
    {
        var bucket = service.Host.Embedded.Outputs["LogBucketName"];
        var listed = await service.Objects.ListObjectsV2Async(new() { BucketName = bucket, Prefix = "archive/" });
        var last = listed.S3Objects.Select(archive => archive.Key).Max()!;
        await service.Objects.DeleteObjectAsync(bucket, last);
        return last;
    }

    private static async Task RequireTwoAtOnceAsync(AuditedService service)
    {
        var before = (await service.ReportsAsync()).Count;
        await Task.WhenAll(service.InvokeAsync(), service.InvokeAsync());
        Assert.Equal(before + 2, (await service.ReportsAsync()).Count);
        var reports = new AuditReports(service.Objects, service.Outputs["ReportBucketName"]);
        var (cursor, tag) = await reports.ReadCursorAsync(default);
        var other = cursor with { Swept = new SweepPosition("EXCHANGE#other", "ENDING") };
        Assert.True(await reports.TryWriteCursorAsync(other, tag, default));
        Assert.False(await reports.TryWriteCursorAsync(cursor, tag, default));
        Assert.False(await reports.TryWriteCursorAsync(cursor, null, default));
        Assert.Equal(other.Swept, (await reports.ReadCursorAsync(default)).Cursor.Swept);
    }

    private static async Task RequireDamagedCursorAsync(AuditedService service)
    {
        var (bucket, before) = (service.Outputs["ReportBucketName"], await service.ReportsAsync());
        await service.Objects.PutObjectAsync(
            new()
            {
                BucketName = bucket,
                Key = AuditReports.CursorKey,
                ContentBody = "{}",
            }
        );
        await Assert.ThrowsAsync<FunctionFailedException>(service.InvokeAsync);
        Assert.Equal(before, await service.ReportsAsync());
        // Without it everything is audited again.
        await service.Objects.DeleteObjectAsync(bucket, AuditReports.CursorKey);
        await service.InvokeAsync();
        Assert.Equal(before.Count + 1, (await service.ReportsAsync()).Count);
        Assert.Contains("other-state", await service.FindingsAsync(), StringComparison.Ordinal);
    }
}
