using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace TemplateHost.Tests.Contract.Targets;

/// <summary>AWS's query protocol: a form goes in, XML comes out; https://smithy.io/2.0/aws/protocols/aws-query-protocol.html.</summary>
internal static class QueryProtocol
{
    /// <summary>The services that speak it, and the version of each one's API.</summary>
    public static IReadOnlyDictionary<string, string> Versions { get; } =
        new Dictionary<string, string>
        {
            ["iam"] = "2010-05-08",
            ["sts"] = "2011-06-15",
            ["cloudformation"] = "2010-05-15",
        };

    public static HttpRequestMessage Request(string endpoint, string service, string operation, JsonObject input)
    {
        var form = new List<KeyValuePair<string, string>> { new("Action", operation), new("Version", Versions[service]) };
        Flatten(form, "", input);
        return new HttpRequestMessage(HttpMethod.Post, endpoint + "/") { Content = new FormUrlEncodedContent(form) };
    }

    /// <summary>Reads an answer; an element of nothing but <c>member</c>s is a list, one of nothing but <c>entry</c>s a map.</summary>
    public static ContractAnswer Read(string xml)
    {
        var root = XDocument.Parse(xml).Root!;
        if (Child(root, "Error") is { } error)
        {
            return new ContractAnswer(Child(error, "Code")!.Value, new JsonObject { ["Message"] = Child(error, "Message")?.Value });
        }

        var result = root.Elements().FirstOrDefault(element => element.Name.LocalName.EndsWith("Result", StringComparison.Ordinal));
        return new ContractAnswer(null, result is null || !result.HasElements ? [] : Members(result));
    }

    private static void Flatten(List<KeyValuePair<string, string>> form, string prefix, JsonNode? node)
    {
        switch (node)
        {
            case JsonObject members:
                members.ToList().ForEach(member => Flatten(form, prefix.Length == 0 ? member.Key : $"{prefix}.{member.Key}", member.Value));
                break;
            case JsonArray items:
                items.Index().ToList().ForEach(item => Flatten(form, $"{prefix}.member.{item.Index + 1}", item.Item));
                break;
            default:
                form.Add(new(prefix, node?.ToString() ?? ""));
                break;
        }
    }

    private static JsonNode? Value(XElement element) =>
        element.Elements().Select(child => child.Name.LocalName).Distinct().ToList() switch
        {
            [] => element.Value,
            ["member"] => new JsonArray([.. element.Elements().Select(Value)]),
            ["entry"] => new JsonObject(
                element.Elements().Select(entry => KeyValuePair.Create(Child(entry, "key")!.Value, Value(Child(entry, "value")!)))
            ),
            _ => Members(element),
        };

    private static JsonObject Members(XElement element) =>
        new(element.Elements().Select(child => KeyValuePair.Create(child.Name.LocalName, Value(child))));

    private static XElement? Child(XElement element, string name) =>
        element.Elements().FirstOrDefault(child => child.Name.LocalName == name);
}
