using TemplateHost.Kernel;

namespace TemplateHost.S3.Storage;

/// <summary>Carries out lifecycle rules once an hour, and takes away files that an interrupted upload left behind.</summary>
internal sealed class BucketSweeper(HostContext context, BucketStore buckets) : Sweeper(context, "s3 lifecycle", TimeSpan.FromHours(1))
{
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        DeleteOrphans();
        return base.StartAsync(cancellationToken);
    }

    /// <summary>Expires what the rules say is due now.</summary>
    protected override async Task SweepAsync()
    {
        foreach (var bucket in buckets.All)
        {
            foreach (var rule in bucket.Lifecycle)
            {
                await new LifecycleSweep(Host, bucket, rule).RunAsync();
            }
        }
    }

    /// <summary>
    /// A file is referred to from the moment that its upload is acknowledged; before the host serves, nothing else may stand here.
    /// </summary>
    private void DeleteOrphans()
    {
        if (!Directory.Exists(Host.Blobs.Directory))
        {
            return;
        }

        var used = Host
            .Store.Read(session =>
                session.Query(
                    """
                    SELECT json_extract(part.value, '$.Blob') FROM s3_version, json_each(s3_version.version, '$.Parts') AS part
                    UNION ALL SELECT json_extract(part, '$.Blob') FROM s3_part
                    """,
                    row => row.GetString(0)
                )
            )
            .ToHashSet();
        foreach (
            var orphan in Directory.EnumerateFiles(Host.Blobs.Directory).Where(file => !used.Contains(Path.GetFileName(file))).ToList()
        )
        {
            File.Delete(orphan);
        }
    }
}
