using System.Globalization;
using System.Text.Json.Nodes;
using TemplateHost.Deployment;
using TemplateHost.S3.Model;

namespace TemplateHost.S3.Provisioning;

/// <summary>Reads the rules of LifecycleConfiguration.</summary>
internal static class LifecycleRules
{
    private static readonly HashSet<string> Known =
    [
        "Id",
        "Status",
        "Prefix",
        "ExpirationInDays",
        "NoncurrentVersionExpiration",
        "NoncurrentVersionExpirationInDays",
        "AbortIncompleteMultipartUpload",
    ];

    /// <returns>Null for a rule that is not enabled.</returns>
    /// <exception cref="DeploymentException">A kind of rule that the host does not carry out.</exception>
    public static LifecycleRule? Read(PropertyReader properties, JsonObject rule)
    {
        if (rule.FirstOrDefault(member => !Known.Contains(member.Key)) is { Key: { } unknown })
        {
            throw properties.Refuse($"LifecycleConfiguration.Rules.{unknown}", "is not honoured by the embedded host");
        }

        return rule["Status"]?.ToString() != "Enabled"
            ? null
            : new LifecycleRule(
                rule["Prefix"]?.ToString() ?? "",
                Days(rule["ExpirationInDays"]),
                Days(rule["NoncurrentVersionExpiration"]?["NoncurrentDays"] ?? rule["NoncurrentVersionExpirationInDays"]),
                Days(rule["AbortIncompleteMultipartUpload"]?["DaysAfterInitiation"])
            );
    }

    private static int? Days(JsonNode? value) => value is null ? null : int.Parse(value.ToString(), CultureInfo.InvariantCulture);
}
