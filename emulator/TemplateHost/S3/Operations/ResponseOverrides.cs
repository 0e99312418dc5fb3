using TemplateHost.Kernel;
using TemplateHost.S3.Model;

namespace TemplateHost.S3.Operations;

/// <summary>
/// The headers that a signed GET may ask its answer to carry in place of the stored ones: <c>response-content-type</c> and five others.
/// </summary>
internal static class ResponseOverrides
{
    private static readonly string[] Names =
    [
        "Content-Type",
        "Content-Language",
        "Expires",
        "Cache-Control",
        "Content-Disposition",
        "Content-Encoding",
    ];

    /// <exception cref="AwsException">InvalidRequest: nobody signed it; InvalidArgument: a value that no header can carry.</exception>
    public static void Demand(S3Call call)
    {
        var values = Given(call).Select(header => header.Value).ToList();
        if (values.Count > 0 && call.Request.Caller.Kind == CallerKind.Anonymous)
        {
            throw new AwsException("InvalidRequest", "Request specific response headers cannot be used for anonymous GET requests.");
        }

        if (values.Exists(value => value.Any(character => char.IsControl(character) || character > 0xFF)))
        {
            throw new AwsException("InvalidArgument", "Header value cannot be represented using ISO-8859-1.");
        }
    }

    /// <summary>Puts the values asked for in place of the stored ones; an empty value asks for nothing.</summary>
    public static void Apply(AwsResponse response, S3Call call)
    {
        foreach (var (name, value) in Given(call))
        {
            response.Headers[name] = value;
        }
    }

    private static IEnumerable<(string Name, string Value)> Given(S3Call call) =>
        Names
            .Select(name => (Name: name, Value: call.Value($"response-{name.ToLowerInvariant()}") ?? ""))
            .Where(header => header.Value.Length > 0);
}
