using System.Globalization;
using System.Text.Json.Nodes;

namespace FairShare.Testing.Metrics;

/// <summary>Resolves what a template says of its parameters and resources, as far as alarms and dashboards say it.</summary>
/// <param name="parameters">The parameters' values; of an attribute of a resource the name is <c>RESOURCE.ATTRIBUTE</c>.</param>
public sealed class TemplateText(IReadOnlyDictionary<string, string> parameters)
{
    /// <summary>The text that a value comes to.</summary>
    /// <exception cref="FormatException">It is of a form that is not known here.</exception>
    public string Of(JsonNode? value) =>
        value switch
        {
            JsonObject { Count: 1 } single => Of(single.Single().Key, single.Single().Value!),
            JsonValue text => text.ToString(),
            _ => throw new FormatException($"The template's value is not understood: {value?.ToJsonString()}"),
        };

    private string Of(string function, JsonNode argument) =>
        function switch
        {
            "Ref" => Known(argument.ToString()),
            "Fn::GetAtt" => Known($"{argument[0]}.{argument[1]}"),
            "Fn::Join" => string.Join(argument[0]!.ToString(), argument[1]!.AsArray().Select(Of)),
            "Fn::Select" => Split(argument[1]!)[int.Parse(argument[0]!.ToString(), CultureInfo.InvariantCulture)],
            _ => throw new FormatException($"The template's {function} is not understood."),
        };

    private string Known(string name) => parameters.GetValueOrDefault(name, $"{{{name}}}");

    private string[] Split(JsonNode split) => Of(split["Fn::Split"]![1]).Split(split["Fn::Split"]![0]!.ToString());
}
