using System.Text.Json.Nodes;

namespace FairShare.Host;

/// <summary>A template that raises alarms, for a host that has no CloudWatch.</summary>
internal static class WatchedTemplate
{
    /// <summary>The template without its alarms and dashboards.</summary>
    public static string WithoutCloudWatch(string template)
    {
        var document = JsonNode.Parse(template)!;
        var resources = document["Resources"]!.AsObject();
        foreach (var (name, resource) in resources.ToList())
        {
            if (resource!["Type"]!.GetValue<string>().StartsWith("AWS::CloudWatch::", StringComparison.Ordinal))
            {
                resources.Remove(name);
            }
        }

        return document.ToJsonString();
    }
}
