using System.Text.Json.Nodes;
using Amazon.Lambda;
using Amazon.S3;
using FairShare.Client.Tests.Support;

namespace FairShare.Client.Tests.Cli.Built;

/// <summary>The command <c>up --audit</c>: what it announces audits the service, a new one too, and after a restart.</summary>
public sealed class AuditedUpTests : IAsyncDisposable
{
    private readonly AuditedUp host = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string Bucket => $"{host.Announced["auditReports"]}";

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task Up_WithAudit_AuditsANewServiceAndGoesOnAfterARestart()
    {
        await host.StartAsync();
        var bucket = Bucket;
        var outputs = JsonNode.Parse(await File.ReadAllTextAsync($"{host.Announced["outputsFile"]}", Stop))!;
        Assert.Equal((bucket, $"{host.Announced["auditor"]}"), ($"{outputs["ReportBucketName"]}", $"{outputs["AuditorName"]}"));
        await AuditAsync();
        Assert.Equal(["html", "jsonl"], await ReportsAsync());

        await host.JoinAsync();
        await host.KillAndRestartAsync();
        Assert.Equal(bucket, Bucket);
        await AuditAsync();
        Assert.Equal(["html", "jsonl", "html", "jsonl"], await ReportsAsync());
    }

    private async Task AuditAsync()
    {
        using var lambda = new AmazonLambdaClient(host.Administrator, new AmazonLambdaConfig { ServiceURL = host.AwsUrl });
        var answer = await lambda.InvokeAsync(new() { FunctionName = $"{host.Announced["auditor"]}" }, Stop);
        Assert.Null(answer.FunctionError);
    }

    /// <summary>The kinds of the reports' files, none of which has a finding.</summary>
    private async Task<IEnumerable<string>> ReportsAsync()
    {
        using var objects = new AmazonS3Client(host.Administrator, new AmazonS3Config { ServiceURL = host.AwsUrl, ForcePathStyle = true });
        var listed = await objects.ListObjectsV2Async(new() { BucketName = Bucket, Prefix = "reports/" }, Stop);
        foreach (var report in listed.S3Objects.Where(report => report.Key.EndsWith(".jsonl", StringComparison.Ordinal)))
        {
            using var found = await objects.GetObjectAsync(Bucket, report.Key, Stop);
            using var reader = new StreamReader(found.ResponseStream);
            Assert.Equal("", await reader.ReadToEndAsync(Stop));
        }

        return listed.S3Objects.Select(report => report.Key.Split('.')[^1]);
    }

    private sealed class AuditedUp : UpHost
    {
        protected override string[] Options => ["--audit"];
    }
}
