using System.Text.Json;
using System.Text.Json.Nodes;

namespace TemplateHost.Deployment.Templates;

/// <summary>The forms that the arguments of intrinsic functions have.</summary>
internal static class IntrinsicForms
{
    private const string Prefix = "Template error: ";

    /// <param name="where">What holds the expression, for a function that the host does not have.</param>
    /// <exception cref="DeploymentException">An argument of another form, in CloudFormation's words; or a function that the host does not
    /// have.</exception>
    public static void Demand(JsonNode? node, string where)
    {
        switch (node)
        {
            case JsonObject { Count: 1 } single when Intrinsics.IsFunction(single.First().Key):
                var (name, argument) = single.First();
                Demand(name, argument, where);
                Demand(argument, where);
                break;
            case JsonObject members:
                members.ToList().ForEach(member => Demand(member.Value, where));
                break;
            case JsonArray items:
                items.ToList().ForEach(item => Demand(item, where));
                break;
        }
    }

    private static void Demand(string function, JsonNode? argument, string where)
    {
        var (holds, otherwise) = function switch
        {
            "Ref" => (IsText(argument), "every Ref object must have a single String value."),
            "Fn::GetAtt" => (
                IsPath(argument),
                "every Fn::GetAtt object requires two non-empty parameters, the resource name and the resource attribute"
            ),
            "Fn::Join" => (
                IsList(argument, 2) && IsText(argument![0]) && IsListOrFunction(argument[1]),
                "every Fn::Join object requires two parameters, (1) a string delimiter and (2) a list of strings to be joined "
                    + "or a function that returns a list of strings (such as Fn::GetAZs) to be joined."
            ),
            "Fn::Split" => (
                IsList(argument, 2) && IsText(argument![0]),
                "every Fn::Split object requires two parameters, (1) a string delimiter and (2) a string to be split or a "
                    + "function that returns a string to be split."
            ),
            "Fn::Select" => (
                IsList(argument, 2) && IsListOrFunction(argument![1]),
                "Fn::Select requires a list argument with two elements: an integer index and a list"
            ),
            "Fn::If" => (
                IsList(argument, 3) && IsText(argument![0]),
                "Fn::If requires a list argument with the first element being a condition"
            ),
            "Fn::FindInMap" => (
                IsList(argument, 3),
                "every Fn::FindInMap object requires three parameters, the map name, map key and the attribute for return value"
            ),
            "Fn::Sub" => (
                IsText(argument) || (IsList(argument, 2) && IsText(argument![0]) && argument[1] is JsonObject),
                "One or more Fn::Sub intrinsic functions don't specify expected arguments. Specify a string as first argument, "
                    + "and an optional second argument to specify a mapping of values to replace in the string"
            ),
            "Fn::Equals" => (IsList(argument, 2), "every Fn::Equals object requires a list of 2 string parameters."),
            "Fn::Not" => (IsList(argument, 1), "every Fn::Not object requires a list of 1 boolean parameter."),
            "Fn::And" or "Fn::Or" => (
                argument is JsonArray { Count: >= 2 and <= 10 },
                $"every {function} object requires a list of at least 2 and at most 10 boolean parameters."
            ),
            "Fn::Base64" or "Fn::GetAZs" => (true, ""),
            _ => throw new DeploymentException(
                $"{where} uses the intrinsic function {function}, which is not honoured by the embedded host."
            ),
        };
        if (!holds)
        {
            throw new DeploymentException(Prefix + otherwise);
        }
    }

    private static bool IsText(JsonNode? node) => node?.GetValueKind() == JsonValueKind.String;

    private static bool IsList(JsonNode? node, int count) => node is JsonArray list && list.Count == count;

    private static bool IsListOrFunction(JsonNode? node) => node is JsonArray or JsonObject;

    private static bool IsPath(JsonNode? node) =>
        node is JsonArray { Count: 2 } list
            ? IsText(list[0]) && list[1] is not null
            : IsText(node) && node!.ToString().Split('.', 2) is [{ Length: > 0 }, { Length: > 0 }];
}
