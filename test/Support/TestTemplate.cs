using System.Text.Json.Nodes;

namespace FairShare.Testing;

/// <summary>The application's template, changed where a test needs it.</summary>
public static class TestTemplate
{
    /// <summary>The template with an API that refuses no call for there being so many.</summary>
    public static string Unthrottled()
    {
        var template = JsonNode.Parse(TestHost.Template)!;
        foreach (var (_, resource) in template["Resources"]!.AsObject())
        {
            if (resource!["Properties"]?["DefaultRouteSettings"] is JsonObject settings)
            {
                (settings["ThrottlingRateLimit"], settings["ThrottlingBurstLimit"]) = (100_000, 100_000);
            }
        }

        return template.ToJsonString();
    }

    /// <summary>The template without the mapping that hands new evidence to the log: nothing runs but what a test asks for.</summary>
    public static string WithoutLog()
    {
        var template = JsonNode.Parse(TestHost.Template)!;
        var resources = template["Resources"]!.AsObject();
        var mapping = resources.Single(resource =>
            resource.Value!["Type"]!.GetValue<string>() == "AWS::Lambda::EventSourceMapping"
            && resource.Key.StartsWith("SequenceLog", StringComparison.Ordinal)
        );
        resources.Remove(mapping.Key);
        return template.ToJsonString();
    }
}
