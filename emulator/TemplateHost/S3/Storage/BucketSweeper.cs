using TemplateHost.Kernel;

namespace TemplateHost.S3.Storage;

/// <summary>Carries out lifecycle rules once an hour, and takes away files that an interrupted upload left behind.</summary>
internal sealed class BucketSweeper(HostContext context, BucketStore buckets) : IBackgroundWork
{
    private ITimer? timer;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        DeleteOrphans();
        timer = context.Time.CreateTimer(_ => _ = SweepSafelyAsync(), null, TimeSpan.FromHours(1), TimeSpan.FromHours(1));
        return Task.CompletedTask;
    }

    public async Task StopAsync()
    {
        if (timer is not null)
        {
            await timer.DisposeAsync();
        }
    }

    /// <summary>Expires what the rules say is due now.</summary>
    public async Task SweepAsync()
    {
        foreach (var bucket in buckets.All)
        {
            foreach (var rule in bucket.Lifecycle)
            {
                await new LifecycleSweep(context, bucket, rule).RunAsync();
            }
        }
    }

    private async Task SweepSafelyAsync()
    {
        try
        {
            await SweepAsync();
        }
        catch (ObjectDisposedException)
        {
            // The host stopped under the last sweep.
        }
#pragma warning disable CA1031 // The next hour tries again.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            context.Fault("s3 lifecycle", exception);
        }
    }

    /// <summary>
    /// A file is referred to from the moment that its upload is acknowledged; before the host serves, nothing else may stand here.
    /// </summary>
    private void DeleteOrphans()
    {
        if (!Directory.Exists(context.Blobs.Directory))
        {
            return;
        }

        var used = context
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
            var orphan in Directory.EnumerateFiles(context.Blobs.Directory).Where(file => !used.Contains(Path.GetFileName(file))).ToList()
        )
        {
            File.Delete(orphan);
        }
    }
}
