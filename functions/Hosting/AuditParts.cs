using FairShare.Aws.Audit;
using FairShare.Aws.Log;

namespace FairShare.Functions.Hosting;

/// <summary>The parts that the auditor is made of: all but the reports can only be read.</summary>
internal sealed class AuditParts(AwsClients clients, FunctionSettings settings, TimeProvider time)
{
    private readonly Lazy<AuditedTable> table = new(() => new AuditedTable(clients.DynamoDb(), settings.EvidenceTable));

    private readonly Lazy<AuditReports> reports = new(() => new AuditReports(clients.S3(), settings.ReportBucket));

    private readonly Lazy<LogBucket> log = new(() => new LogBucket(clients.S3(), settings.LogBucket, settings.LogRetention, time));

    public AuditedTable Table => table.Value;

    public AuditReports Reports => reports.Value;

    public LogArchives Archives => new(log.Value);

    /// <summary>The log's files, as they are published.</summary>
    public PublishedLog Log => new(log.Value);
}
