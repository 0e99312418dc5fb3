using TemplateHost.Kernel;

namespace TemplateHost.S3.Model;

/// <summary>What Object Lock says of one version; https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html.</summary>
/// <param name="Mode">GOVERNANCE, which a right can pass by, or COMPLIANCE, which nothing does; null without retention.</param>
/// <param name="RetainUntil">Until when the version stays; null without retention.</param>
/// <param name="LegalHold">Whether it stays, whatever the date, until the hold is taken off.</param>
internal sealed record ObjectLock(string? Mode, DateTimeOffset? RetainUntil, bool LegalHold)
{
    public const string Governance = "GOVERNANCE";
    public const string Compliance = "COMPLIANCE";

    public static ObjectLock None { get; } = new(null, null, LegalHold: false);

    /// <summary>Whether retention holds now.</summary>
    public bool Retains(DateTimeOffset now) => RetainUntil > now;

    /// <summary>Demands that the version may go.</summary>
    /// <param name="now">The time.</param>
    /// <param name="passesGovernance">Whether the caller asks to, and may, pass by GOVERNANCE.</param>
    /// <exception cref="AwsException">AccessDenied.</exception>
    public void DemandRemovable(DateTimeOffset now, bool passesGovernance)
    {
        if (LegalHold || (Retains(now) && !(Mode == Governance && passesGovernance)))
        {
            throw Protected();
        }
    }

    /// <summary>Demands that retention may become another: longer always, shorter or none only where the version could go.</summary>
    /// <exception cref="AwsException">AccessDenied.</exception>
    public void DemandReplaceable(ObjectLock wanted, DateTimeOffset now, bool passesGovernance)
    {
        var isStricter = wanted.RetainUntil >= RetainUntil && (wanted.Mode == Mode || wanted.Mode == Compliance);
        if (Retains(now) && !isStricter && !(Mode == Governance && passesGovernance))
        {
            throw Protected();
        }
    }

    private static AwsException Protected() => new("AccessDenied", "Access Denied because object protected by object lock.", 403);
}
