using TemplateHost.Deployment;
using TemplateHost.S3.Model;

namespace TemplateHost.S3.Provisioning;

/// <summary>Reads the rules of LifecycleConfiguration.</summary>
internal static class LifecycleRules
{
    /// <summary>The kinds of rules that the host carries out.</summary>
    public const string Members =
        "Rules(Id Status Prefix ExpirationInDays NoncurrentVersionExpiration(NoncurrentDays) NoncurrentVersionExpirationInDays "
        + "AbortIncompleteMultipartUpload(DaysAfterInitiation))";

    /// <returns>Null for a rule that is not enabled.</returns>
    public static LifecycleRule? Read(PropertyReader rule) =>
        rule.OptionalText("Status") != "Enabled"
            ? null
            : new LifecycleRule(
                rule.OptionalText("Prefix") ?? "",
                rule.OptionalNumber("ExpirationInDays"),
                rule.Nested("NoncurrentVersionExpiration").OptionalNumber("NoncurrentDays")
                    ?? rule.OptionalNumber("NoncurrentVersionExpirationInDays"),
                rule.Nested("AbortIncompleteMultipartUpload").OptionalNumber("DaysAfterInitiation")
            );
}
