using System.Text;
using System.Xml.Linq;
using TemplateHost.Kernel;

namespace TemplateHost.Gateway;

/// <summary>One call of a Query-protocol operation.</summary>
internal sealed record QueryCall(Caller Caller, IReadOnlyDictionary<string, string> Input)
{
    /// <summary>The right that the operation takes, as <c>iam:GetRole</c>.</summary>
    public string Right { get; init; } = "";

    /// <exception cref="AwsException">The parameter is missing.</exception>
    public string Required(string name) =>
        Input.GetValueOrDefault(name) ?? throw new AwsException("ValidationError", $"The request must contain the parameter {name}.");

    public string? Optional(string name) => Input.GetValueOrDefault(name);

    /// <summary>A list of texts: <c>Name.member.1</c>, <c>Name.member.2</c>, ….</summary>
    public IReadOnlyList<string> Texts(string list) =>
        [
            .. Enumerable
                .Range(1, Input.Count)
                .TakeWhile(position => Input.ContainsKey($"{list}.member.{position}"))
                .Select(position => Input[$"{list}.member.{position}"]),
        ];

    /// <summary>A list of structures: <c>Name.member.1.Field</c>, ….</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, string>> Structures(string list) =>
        [
            .. Enumerable
                .Range(1, Input.Count)
                .Select(position => Structure($"{list}.member.{position}."))
                .TakeWhile(fields => fields.Count > 0),
        ];

    /// <summary>The member <c>Tags</c>.</summary>
    /// <param name="duplicateCode">How the service calls a key that stands twice.</param>
    /// <exception cref="AwsException">A tag without a key or a value, or a key that stands twice.</exception>
    public Dictionary<string, string> Tags(string duplicateCode = "ValidationError")
    {
        var tags = new Dictionary<string, string>();
        foreach (var tag in Structures("Tags"))
        {
            if (!tag.TryGetValue("Key", out var key) || !tag.TryGetValue("Value", out var value))
            {
                throw new AwsException(
                    "ValidationError",
                    "1 validation error detected: Value null at 'tags' failed to satisfy constraint: every tag has a Key and a Value"
                );
            }

            if (!tags.TryAdd(key, value))
            {
                throw new AwsException(duplicateCode, $"Duplicate tag keys found: {key}.");
            }
        }

        return tags;
    }

    private Dictionary<string, string> Structure(string prefix) =>
        Input
            .Where(pair => pair.Key.StartsWith(prefix, StringComparison.Ordinal))
            .ToDictionary(pair => pair.Key[prefix.Length..], pair => pair.Value);
}

/// <summary>A service that speaks the AWS Query protocol: a form with an Action, answered in XML.</summary>
internal abstract class QueryService : IAwsService
{
    public abstract string SigningName { get; }

    public IEnumerable<string> OperationNames => Operations.Names;

    /// <summary>The namespace of the service's answers, which ends in its API version.</summary>
    protected abstract string XmlNamespace { get; }

    /// <summary>The operations served, by name; each answers with the children of its result element.</summary>
    protected abstract OperationTable<QueryCall, IReadOnlyList<XElement>> Operations { get; }

    public async Task<AwsResponse> HandleAsync(AwsRequest request, CancellationToken cancellationToken)
    {
        var form = QueryText
            .ParseForm(Encoding.UTF8.GetString(request.Octets.Span))
            .Concat(request.Query)
            .DistinctBy(pair => pair.Key)
            .ToDictionary(pair => pair.Key, pair => pair.Value);
        var action = form.GetValueOrDefault("Action") ?? throw new AwsException("MissingAction", "The request names no Action.");
        var input = form.Where(field => !IsOfTheProtocol(field.Key));
        var found = Operations.Demand(action, members => members.UnservedOf(input), "InvalidAction", "ValidationError", SigningName);
        var result = await found.Run(new QueryCall(request.Caller, form) { Right = $"{SigningName}:{found.Right}" });
        return Xml(
            200,
            new XElement(
                $"{action}Response",
                new XElement($"{action}Result", result),
                new XElement("ResponseMetadata", new XElement("RequestId", request.RequestId))
            )
        );
    }

    public AwsResponse WriteError(AwsException error, AwsRequest request) => Xml(error.Status, QueryXml.Error(error, request.RequestId));

    private static bool IsOfTheProtocol(string name) =>
        name is "Action" or "Version" || name.StartsWith("X-Amz-", StringComparison.OrdinalIgnoreCase);

    private AwsResponse Xml(int status, XElement root)
    {
        XNamespace space = XmlNamespace;
        foreach (var element in root.DescendantsAndSelf())
        {
            element.Name = space + element.Name.LocalName;
        }

        var response = new AwsResponse { Status = status, Body = Encoding.UTF8.GetBytes(root.ToString(SaveOptions.DisableFormatting)) };
        response.Headers["Content-Type"] = "text/xml";
        return response;
    }
}
