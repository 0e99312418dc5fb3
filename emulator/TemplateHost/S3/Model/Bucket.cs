using System.Text.Json.Nodes;

namespace TemplateHost.S3.Model;

/// <summary>A bucket and its configuration.</summary>
internal sealed record Bucket(string Name, DateTimeOffset CreatedAt)
{
    /// <summary>Enabled, Suspended, or null: never enabled.</summary>
    public string? Versioning { get; init; }

    public JsonObject? Policy { get; init; }

    public IReadOnlyList<CorsRule> Cors { get; init; } = [];

    public IReadOnlyList<LifecycleRule> Lifecycle { get; init; } = [];

    public bool ObjectLock { get; init; }

    /// <summary>How long Object Lock keeps every new version; null when only those that ask for it.</summary>
    public int? DefaultRetentionDays { get; init; }

    /// <summary>GOVERNANCE or COMPLIANCE, where Object Lock keeps every new version.</summary>
    public string DefaultRetentionMode { get; init; } = Model.ObjectLock.Compliance;

    /// <summary>Whether a policy that lets everybody in is refused (BlockPublicPolicy).</summary>
    public bool BlocksPublicPolicy { get; init; }

    /// <summary>Whether nobody gets in without a signature, whatever the policy says (RestrictPublicBuckets).</summary>
    public bool RestrictsPublic { get; init; }

    public string Arn => $"arn:aws:s3:::{Name}";

    public string ArnOf(string key) => $"{Arn}/{key}";
}

internal sealed record CorsRule(
    IReadOnlyList<string> Origins,
    IReadOnlyList<string> Methods,
    IReadOnlyList<string> Headers,
    IReadOnlyList<string> Exposed,
    int? MaxAge
);

/// <param name="ExpirationDays">Age at which current versions expire.</param>
/// <param name="NoncurrentDays">Days after which versions go that are no longer current.</param>
/// <param name="AbortDays">Age at which unfinished uploads are aborted.</param>
internal sealed record LifecycleRule(string Prefix, int? ExpirationDays, int? NoncurrentDays, int? AbortDays);
