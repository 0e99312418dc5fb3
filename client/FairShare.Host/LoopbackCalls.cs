using System.Text.Json.Nodes;

namespace FairShare.Host;

/// <summary>Lets a service or a coordinator on one's own machine call that machine, which no deployed one does.</summary>
public static class LoopbackCalls
{
    private static readonly string[] Settings = ["FAIRSHARE_WEBHOOK_LOOPBACK", "FAIRSHARE_STANDING_LOOPBACK"];

    /// <summary>The template with functions that call loopback addresses too, by <c>http</c> as well.</summary>
    /// <param name="template">The synthesized template.</param>
    public static string AllowIn(string template)
    {
        var parsed = JsonNode.Parse(template)!;
        foreach (var (_, resource) in parsed["Resources"]!.AsObject())
        {
            var variables = resource!["Properties"]?["Environment"]?["Variables"] as JsonObject;
            foreach (var setting in Settings.Where(setting => variables?.ContainsKey(setting) == true))
            {
                variables![setting] = "on";
            }
        }

        return parsed.ToJsonString();
    }
}
