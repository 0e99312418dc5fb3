using System.Text.Json.Nodes;

namespace FairShare.Testing;

/// <summary>The roles of functions, by the names of their handlers.</summary>
public static class TestRoles
{
    /// <summary>The logical id of the role of the function that runs a handler.</summary>
    public static string Of(string handler, string? template = null) =>
        Function(handler, template).Value!["Properties"]!["Role"]!["Fn::GetAtt"]![0]!.GetValue<string>();

    /// <summary>The logical id of the function itself.</summary>
    public static string FunctionOf(string handler) => Function(handler, null).Key;

    private static KeyValuePair<string, JsonNode?> Function(string handler, string? template) =>
        JsonNode.Parse(template ?? TestHost.Template)!["Resources"]!
            .AsObject()
            .Where(resource => resource.Value!["Type"]!.GetValue<string>() == "AWS::Lambda::Function")
            .Single(resource => resource.Value!["Properties"]!["Handler"]!.GetValue<string>() == handler);
}
