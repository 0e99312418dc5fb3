using System.Text.Json.Nodes;

namespace FairShare.Testing;

/// <summary>The roles of functions, by the names of their handlers.</summary>
public static class TestRoles
{
    /// <summary>The logical id of the role of the function that runs a handler.</summary>
    public static string Of(string handler, string? template = null) =>
        JsonNode.Parse(template ?? TestHost.Template)!["Resources"]!
            .AsObject()
            .Select(resource => resource.Value!)
            .Where(resource => resource["Type"]!.GetValue<string>() == "AWS::Lambda::Function")
            .Single(resource => resource["Properties"]!["Handler"]!.GetValue<string>() == handler)["Properties"]!["Role"]!["Fn::GetAtt"]![
            0
        ]!.GetValue<string>();
}
