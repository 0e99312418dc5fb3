using TemplateHost.Kernel;
using TemplateHost.S3.Model;
using TemplateHost.S3.Operations;

namespace TemplateHost.S3.Storage;

/// <summary>One rule of one bucket, carried out once.</summary>
internal sealed class LifecycleSweep(HostContext context, Bucket bucket, LifecycleRule rule)
{
    private readonly ObjectWriter writer = new(context);

    public async Task RunAsync()
    {
        var now = context.Time.GetUtcNow();
        if (rule.AbortDays is { } abortDays)
        {
            await AbortUploadsAsync(now.AddDays(-abortDays));
        }

        if (rule.ExpirationDays is null && rule.NoncurrentDays is null)
        {
            return;
        }

        var all = context
            .Store.Read(session => new VersionTable(session).ListVersions(bucket.Name, "", 0, int.MaxValue))
            .Where(listed => listed.Version.Key.StartsWith(rule.Prefix, StringComparison.Ordinal))
            .GroupBy(listed => listed.Version.Key);
        foreach (var versions in all)
        {
            await ExpireAsync([.. versions], now);
        }
    }

    /// <param name="versions">Of one key, the newest first.</param>
    private async Task ExpireAsync(List<ListedVersion> versions, DateTimeOffset now)
    {
        if (
            versions[0].Version is { IsDeleteMarker: false } current
            && current.ModifiedAt.AddDays(rule.ExpirationDays ?? int.MaxValue / 1000) <= now
        )
        {
            await ExpireCurrentAsync(current, now);
        }

        // A version is no longer current from the moment that the next one came.
        foreach (var (newer, older) in versions.Zip(versions.Skip(1)))
        {
            if (
                newer.Version.ModifiedAt.AddDays(rule.NoncurrentDays ?? int.MaxValue / 1000) <= now
                && !older.Version.Lock.Retains(now)
                && !older.Version.Lock.LegalHold
            )
            {
                await RemoveAsync(older.Version);
            }
        }
    }

    private async Task ExpireCurrentAsync(ObjectVersion current, DateTimeOffset now)
    {
        if (bucket.Versioning == "Enabled")
        {
            var marker = current with
            {
                VersionId = writer.NewVersionId(bucket),
                IsDeleteMarker = true,
                ModifiedAt = now,
                Size = 0,
                ETag = "",
                Checksum = null,
                Parts = [],
                Lock = ObjectLock.None,
                Tags = new Dictionary<string, string>(),
            };
            await context.Store.WriteAsync(session => new VersionTable(session).Put(marker));
        }
        else
        {
            await RemoveAsync(current);
        }
    }

    private async Task RemoveAsync(ObjectVersion version)
    {
        var removed = await context.Store.WriteAsync(session =>
            new VersionTable(session).Remove(bucket.Name, version.Key, version.VersionId)
        );
        writer.DeleteBlobs(removed?.Parts.Select(part => part.Blob) ?? []);
    }

    private async Task AbortUploadsAsync(DateTimeOffset initiatedBefore)
    {
        var parts = await context.Store.WriteAsync(session =>
        {
            var uploads = new UploadTable(session);
            var old = uploads
                .Older(bucket.Name, initiatedBefore)
                .Where(upload => upload.Key.StartsWith(rule.Prefix, StringComparison.Ordinal))
                .ToList();
            var left = old.SelectMany(upload => uploads.Parts(upload.UploadId)).ToList();
            old.ForEach(upload => uploads.Remove(upload.UploadId));
            return left;
        });
        writer.DeleteBlobs(parts.Select(part => part.Part.Blob));
    }
}
