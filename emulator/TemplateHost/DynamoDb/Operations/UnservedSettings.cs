using System.Text.Json.Nodes;
using TemplateHost.DynamoDb.Model;
using TemplateHost.Kernel;

namespace TemplateHost.DynamoDb.Operations;

/// <summary>Settings of a table that the API would have to show again, and that would have no effect here; refused by name.</summary>
internal static class UnservedSettings
{
    private static readonly string[] Refused = ["OnDemandThroughput", "WarmThroughput", "ReplicaUpdates", "MultiRegionConsistency"];

    /// <exception cref="AwsException">ValidationException, naming the setting.</exception>
    public static void Refuse(JsonObject input)
    {
        var unserved =
            input["SSESpecification"]?["Enabled"]?.GetValue<bool>() is true ? "SSESpecification"
            : input["TableClass"]?.ToString() is { } kind and not "STANDARD" ? $"TableClass {kind}"
            : Array.Find(Refused, input.ContainsKey);
        if (unserved is not null)
        {
            throw Invalid.Request($"The embedded host does not serve {unserved}.");
        }
    }
}
