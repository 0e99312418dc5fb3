using System.Text.Json.Nodes;
using FairShare.Testing;

namespace FairShare.Scenarios.Tests.Operations;

/// <summary>The template of a release that follows the deployed one.</summary>
internal static class ReleaseTemplate
{
    /// <summary>The functions that are released by an alias.</summary>
    public static IReadOnlyList<string> Handlers { get; } = ["SubmitOrigin", "RequestDownload", "SubmitReceipt", "SealEnding"];

    /// <summary>The next release: another definition, and changed functions.</summary>
    /// <param name="share">What it takes of the calls, from 0 to 1; the former takes the rest.</param>
    /// <param name="mistake">A variable of SubmitReceipt that the release has wrong; null for none.</param>
    public static string Next(double share, string? mistake = null)
    {
        var template = JsonNode.Parse(TestHost.Template)!;
        var resources = template["Resources"]!.AsObject();
        foreach (var handler in Handlers)
        {
            var function = resources.Single(one => $"{one.Value!["Properties"]?["Handler"]}" == handler);
            function.Value!["Properties"]!["Environment"]!["Variables"]!["FAIRSHARE_RELEASE"] = "next";
            if (mistake is not null && handler == "SubmitReceipt")
            {
                function.Value!["Properties"]!["Environment"]!["Variables"]![mistake] = "mistaken";
            }

            Rename(resources, handler + "CurrentVersion");
            var alias = resources.Single(one => IsAliasOf(one.Value!, function.Key)).Value!["Properties"]!;
            Share(alias, share);
        }

        var machine = resources.Single(one => $"{one.Value!["Type"]}" == "AWS::StepFunctions::StateMachine").Value!["Properties"]!;
        machine["DefinitionString"] = machine["DefinitionString"]!
            .GetValue<string>()
            .Replace("\"Comment\": \"One exchange", "\"Comment\": \"Released anew. One exchange", StringComparison.Ordinal);
        Rename(resources, "ExchangeReleaseVersion");
        ShareWorkflow(resources, share);
        return template.ToJsonString();
    }

    // A version that the template does not name any more is retained, as it is at AWS.
    private static void Rename(JsonObject resources, string prefix)
    {
        var (name, version) = resources.Single(one => one.Key.StartsWith(prefix, StringComparison.Ordinal));
        resources.Remove(name);
        resources[prefix + "Next"] = version!.DeepClone();
    }

    private static bool IsAliasOf(JsonNode resource, string function) =>
        $"{resource["Type"]}" == "AWS::Lambda::Alias" && $"{resource["Properties"]!["FunctionName"]!["Ref"]}" == function;

    private static void Share(JsonNode alias, double share)
    {
        var next = alias["FunctionVersion"]!["Fn::GetAtt"]![0]!.GetValue<string>();
        var renamed = new JsonObject
        {
            ["Fn::GetAtt"] = new JsonArray(next[..(next.IndexOf("CurrentVersion", StringComparison.Ordinal) + 14)] + "Next", "Version"),
        };
        alias["FunctionVersion"] = share < 1 ? "1" : renamed;
        if (share is > 0 and < 1)
        {
            alias["RoutingConfig"] = new JsonObject
            {
                ["AdditionalVersionWeights"] = new JsonArray(new JsonObject { ["FunctionVersion"] = renamed, ["FunctionWeight"] = share }),
            };
        }
    }

    private static void ShareWorkflow(JsonObject resources, double share)
    {
        var machine = resources.Single(one => $"{one.Value!["Type"]}" == "AWS::StepFunctions::StateMachine").Key;
        var next = new JsonObject { ["Fn::GetAtt"] = new JsonArray("ExchangeReleaseVersionNext", "Arn") };
        var former = new JsonObject { ["Fn::Join"] = new JsonArray("", new JsonArray(new JsonObject { ["Ref"] = machine }, ":1")) };
        var alias = resources.Single(one => $"{one.Value!["Type"]}" == "AWS::StepFunctions::StateMachineAlias").Value!["Properties"]!;
        alias["RoutingConfiguration"] = share switch
        {
            0 => new JsonArray(Route(former, 100)),
            1 => new JsonArray(Route(next, 100)),
            _ => new JsonArray(Route(former, 100 - Percent(share)), Route(next, Percent(share))),
        };
    }

    private static JsonObject Route(JsonObject version, int weight) => new() { ["StateMachineVersionArn"] = version, ["Weight"] = weight };

    private static int Percent(double share) => (int)Math.Round(100 * share);
}
