using System.Globalization;
using TemplateHost.Kernel;
using TemplateHost.S3.Model;

namespace TemplateHost.S3.Operations;

/// <summary>Reads what requests say of Object Lock, and who may pass it by.</summary>
internal sealed class LockAccess(HostContext context, BucketAccess access)
{
    /// <summary>The lock of a new version, by the request or by the bucket's default.</summary>
    public ObjectLock OfUpload(Bucket bucket, S3Call call) => OrDefault(bucket, Asked(bucket, call));

    /// <summary>A lock, completed by the bucket's default where it has no retention; that counts from now.</summary>
    public ObjectLock OrDefault(Bucket bucket, ObjectLock asked) =>
        asked.Mode is null && bucket.DefaultRetentionDays is { } days
            ? asked with
            {
                Mode = bucket.DefaultRetentionMode,
                RetainUntil = context.Time.GetUtcNow().AddDays(days),
            }
            : asked;

    /// <summary>The lock that a request asks for; who asks must have the right to it, beside that to put the object.</summary>
    /// <exception cref="AwsException">AccessDenied; InvalidRequest: the bucket has no Object Lock; InvalidArgument: half of a retention, or one that is
    /// over.</exception>
    public ObjectLock Asked(Bucket bucket, S3Call call)
    {
        var request = call.Request;
        var (mode, date, hold) = (
            request.Header("x-amz-object-lock-mode"),
            request.Header("x-amz-object-lock-retain-until-date"),
            request.Header("x-amz-object-lock-legal-hold")
        );
        if (mode is null && date is null && hold is null)
        {
            return ObjectLock.None;
        }

        foreach (var right in new[] { mode is null ? null : "PutObjectRetention", hold is null ? null : "PutObjectLegalHold" })
        {
            if (right is not null)
            {
                access.Demand(call, right);
            }
        }

        DemandLocked(bucket);
        return mode is null != date is null
            ? throw new AwsException(
                "InvalidArgument",
                "x-amz-object-lock-retain-until-date and x-amz-object-lock-mode must both be supplied"
            )
            : Read(mode, date) with
            {
                LegalHold = hold == "ON",
            };
    }

    /// <summary>A retention by its mode and its date; both null is none.</summary>
    /// <exception cref="AwsException">MalformedXML: no such mode, or no date; InvalidArgument: the date is over.</exception>
    public ObjectLock Read(string? mode, string? date)
    {
        if (mode is null && date is null)
        {
            return ObjectLock.None;
        }

        if (
            mode is not (ObjectLock.Governance or ObjectLock.Compliance)
            || !DateTimeOffset.TryParse(date, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var until)
        )
        {
            throw S3Errors.MalformedXml();
        }

        return until > context.Time.GetUtcNow()
            ? new ObjectLock(mode, until, LegalHold: false)
            : throw new AwsException("InvalidArgument", "The retain until date must be in the future!");
    }

    /// <summary>Whether the call asks to pass by GOVERNANCE; who asks must have the right.</summary>
    /// <exception cref="AwsException">AccessDenied.</exception>
    public bool PassesGovernance(S3Call call)
    {
        if (call.Request.Header("x-amz-bypass-governance-retention")?.ToUpperInvariant() != "TRUE")
        {
            return false;
        }

        access.Demand(call, "BypassGovernanceRetention");
        return true;
    }

    /// <exception cref="AwsException">InvalidRequest.</exception>
    public static void DemandLocked(Bucket bucket)
    {
        if (!bucket.ObjectLock)
        {
            throw new AwsException("InvalidRequest", "Bucket is missing Object Lock Configuration");
        }
    }
}
