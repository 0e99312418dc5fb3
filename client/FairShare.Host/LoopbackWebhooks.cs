using System.Text.Json.Nodes;

namespace FairShare.Host;

/// <summary>Lets a service on one's own machine deliver to that machine, which no deployed one does.</summary>
public static class LoopbackWebhooks
{
    private const string Setting = "FAIRSHARE_WEBHOOK_LOOPBACK";

    /// <summary>The template with functions that deliver to loopback addresses too, by <c>http</c> as well.</summary>
    /// <param name="template">The synthesized template.</param>
    public static string AllowIn(string template)
    {
        var parsed = JsonNode.Parse(template)!;
        foreach (var (_, resource) in parsed["Resources"]!.AsObject())
        {
            if (resource!["Properties"]?["Environment"]?["Variables"] is JsonObject variables && variables.ContainsKey(Setting))
            {
                variables[Setting] = "on";
            }
        }

        return parsed.ToJsonString();
    }
}
