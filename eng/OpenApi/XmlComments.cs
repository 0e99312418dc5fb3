using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace FairShare.OpenApi;

/// <summary>The documentation comments of an assembly, as the compiler writes them beside it, in Markdown.</summary>
/// <param name="document">The compiler's file.</param>
public sealed partial class XmlComments(XDocument document)
{
    private readonly Dictionary<string, XElement> members = document
        .Descendants("member")
        .ToDictionary(member => member.Attribute("name")!.Value, StringComparer.Ordinal);

    /// <summary>The summary of a type.</summary>
    /// <returns>Null where there is none.</returns>
    public string? OfType(Type type) => TextOf(Find($"T:{NameOf(type)}")?.Element("summary"));

    /// <summary>The summary of a property.</summary>
    /// <returns>Null where there is none.</returns>
    public string? OfProperty(Type type, string property) => TextOf(Find($"P:{NameOf(type)}.{property}")?.Element("summary"));

    /// <summary>What a record says of one of its members: by a parameter, or by the property's own summary.</summary>
    /// <returns>Null where it says nothing.</returns>
    public string? OfMember(Type type, string member) =>
        TextOf(Find($"T:{NameOf(type)}")?.Elements("param").FirstOrDefault(one => one.Attribute("name")?.Value == member))
        ?? OfProperty(type, member);

    private static string NameOf(Type type) => type.FullName!.Replace('+', '.');

    private static string? TextOf(XElement? element)
    {
        if (element is null)
        {
            return null;
        }

        var text = new StringBuilder();
        foreach (var node in element.Nodes())
        {
            text.Append(CultureInfo.InvariantCulture, $"{(node is XElement inner ? CodeOf(inner) : (node as XText)?.Value)}");
        }

        return Space().Replace(text.ToString(), " ").Trim();
    }

    // <see cref="P:FairShare.X.Name"/> is `Name`, <paramref name="Name"/> the member `name`, and <c>Name</c> stands as it is.
    private static string CodeOf(XElement element) =>
        element.Attribute("name") is { } member
            ? $"`{JsonNamingPolicy.CamelCase.ConvertName(member.Value)}`"
            : $"`{element.Attribute("cref")?.Value.Split('.', ':')[^1] ?? element.Value}`";

    private XElement? Find(string name) => members.GetValueOrDefault(name);

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
