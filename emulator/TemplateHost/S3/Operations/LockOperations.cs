using System.Globalization;
using System.Xml.Linq;
using TemplateHost.Kernel;
using TemplateHost.S3.Model;
using TemplateHost.S3.Storage;

namespace TemplateHost.S3.Operations;

/// <summary>Object Lock: the configuration of a bucket, the retention and the legal hold of a version.</summary>
internal sealed class LockOperations(HostContext context, BucketAccess access, ObjectFinder finder, LockAccess locks)
{
    public AwsResponse GetConfiguration(S3Call call)
    {
        var bucket = access.Demand(call, "GetBucketObjectLockConfiguration", onKey: false);
        if (!bucket.ObjectLock)
        {
            throw new AwsException("ObjectLockConfigurationNotFoundError", "Object Lock configuration does not exist for this bucket", 404);
        }

        var rule = bucket.DefaultRetentionDays is { } days
            ? new XElement(
                "Rule",
                new XElement("DefaultRetention", new XElement("Mode", bucket.DefaultRetentionMode), new XElement("Days", days))
            )
            : null;
        return S3Xml.Answer("ObjectLockConfiguration", [new XElement("ObjectLockEnabled", "Enabled"), rule]);
    }

    public async Task<AwsResponse> PutConfigurationAsync(S3Call call, CancellationToken cancellationToken)
    {
        var bucket = access.Demand(call, "PutBucketObjectLockConfiguration", onKey: false);
        var body = await S3Xml.ReadAsync(call.Request, cancellationToken);
        if (bucket.Versioning != "Enabled")
        {
            throw new AwsException(
                "InvalidBucketState",
                "Versioning must be 'Enabled' on the bucket to apply a Object Lock configuration",
                409
            );
        }

        var retention = S3Xml.Children(body, "Rule").SelectMany(rule => S3Xml.Children(rule, "DefaultRetention")).FirstOrDefault();
        await access.Buckets.PutAsync(
            bucket with
            {
                ObjectLock = true,
                DefaultRetentionMode = (retention is null ? null : S3Xml.Child(retention, "Mode")) ?? ObjectLock.Compliance,
                DefaultRetentionDays = retention is null ? null : DaysOf(retention),
            }
        );
        return new AwsResponse();
    }

    public AwsResponse GetRetention(S3Call call)
    {
        var (bucket, version) = finder.Find(call, "GetObjectRetention", "GetObjectRetention");
        LockAccess.DemandLocked(bucket);
        return version.Lock is { Mode: { } mode, RetainUntil: { } until }
            ? S3Xml.Answer("Retention", [new XElement("Mode", mode), new XElement("RetainUntilDate", S3Xml.Time(until))])
            : throw NotConfigured();
    }

    public async Task<AwsResponse> PutRetentionAsync(S3Call call, CancellationToken cancellationToken)
    {
        var (bucket, version) = finder.Find(call, "PutObjectRetention", "PutObjectRetention");
        LockAccess.DemandLocked(bucket);
        var body = await S3Xml.ReadAsync(call.Request, cancellationToken);
        var wanted = locks.Read(S3Xml.Child(body, "Mode"), S3Xml.Child(body, "RetainUntilDate"));
        var passes = locks.PassesGovernance(call);
        return await ChangeAsync(
            version,
            current =>
            {
                current.DemandReplaceable(wanted, context.Time.GetUtcNow(), passes);
                return wanted with { LegalHold = current.LegalHold };
            }
        );
    }

    public AwsResponse GetLegalHold(S3Call call)
    {
        var (bucket, version) = finder.Find(call, "GetObjectLegalHold", "GetObjectLegalHold");
        LockAccess.DemandLocked(bucket);
        return S3Xml.Answer("LegalHold", [new XElement("Status", version.Lock.LegalHold ? "ON" : "OFF")]);
    }

    public async Task<AwsResponse> PutLegalHoldAsync(S3Call call, CancellationToken cancellationToken)
    {
        var (bucket, version) = finder.Find(call, "PutObjectLegalHold", "PutObjectLegalHold");
        LockAccess.DemandLocked(bucket);
        var status = S3Xml.Child(await S3Xml.ReadAsync(call.Request, cancellationToken), "Status");
        return status is "ON" or "OFF"
            ? await ChangeAsync(version, current => current with { LegalHold = status == "ON" })
            : throw S3Errors.MalformedXml();
    }

    private async Task<AwsResponse> ChangeAsync(ObjectVersion version, Func<ObjectLock, ObjectLock> change)
    {
        await context.Store.WriteAsync(session =>
            new VersionTable(session).Change(version, current => current with { Lock = change(current.Lock) })
        );
        return new AwsResponse();
    }

    private static int DaysOf(XElement retention) =>
        S3Xml.Child(retention, "Years") is { } years ? 365 * Number(years, most: 100) : Number(S3Xml.Child(retention, "Days"), most: 36500);

    private static int Number(string? text, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= most
            ? number
            : throw S3Errors.MalformedXml();

    private static AwsException NotConfigured() =>
        new("NoSuchObjectLockConfiguration", "The specified object does not have a ObjectLock configuration", 404);
}
