using System.Text.Json.Nodes;

namespace FairShare.Client.Tests.Support;

/// <summary>The template with the setting and the rights that <c>-c anonymousVault=on</c> gives.</summary>
internal static class AnonymousTemplate
{
    public static string Make()
    {
        var template = JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "FairShare-dev.template.json")))!;
        var resources = template["Resources"]!.AsObject();
        var (model, anonymous) = (Function(resources, "CreateVaultItem"), Function(resources, "CreateAnonymousVaultItem"));
        var variables = anonymous["Properties"]!["Environment"]!["Variables"]!;
        variables["FAIRSHARE_ANONYMOUS_VAULT"] = "on";
        foreach (var name in new[] { "FAIRSHARE_VAULT_TABLE", "FAIRSHARE_VAULT_BUCKET" })
        {
            variables[name] = model["Properties"]!["Environment"]!["Variables"]![name]!.DeepClone();
        }

        var statements = Statements(resources, anonymous);
        foreach (var statement in Statements(resources, model).Skip(1))
        {
            statements.Add(JsonNode.Parse(statement!.ToJsonString().Replace("PARTY#", "ANONYMOUS#", StringComparison.Ordinal)));
        }

        return template.ToJsonString();
    }

    private static JsonNode Function(JsonObject resources, string handler) =>
        resources.Select(resource => resource.Value!).Single(resource => resource["Properties"]?["Handler"]?.ToString() == handler);

    private static JsonArray Statements(JsonObject resources, JsonNode function)
    {
        var role = function["Properties"]!["Role"]!["Fn::GetAtt"]![0]!.ToString();
        var policy = resources
            .Select(resource => resource.Value!)
            .Single(resource =>
                resource["Type"]!.ToString() == "AWS::IAM::Policy" && resource["Properties"]!["Roles"]![0]!["Ref"]?.ToString() == role
            );
        return policy["Properties"]!["PolicyDocument"]!["Statement"]!.AsArray();
    }
}
