using TemplateHost.Kernel;

namespace TemplateHost.S3.Model;

/// <summary>One request to S3: its bucket and key, path-style.</summary>
/// <param name="Bucket">Empty for the service itself.</param>
/// <param name="Key">Decoded; empty for a bucket.</param>
internal sealed record S3Call(AwsRequest Request, string Bucket, string Key)
{
    public static S3Call Of(AwsRequest request)
    {
        var path = request.RawPath.TrimStart('/').Split('/', 2);
        return new S3Call(request, Uri.UnescapeDataString(path[0]), path.Length == 2 ? Uri.UnescapeDataString(path[1]) : "");
    }

    public bool Has(string parameter) => Request.Query.Any(pair => pair.Key == parameter);

    public string? Value(string parameter) => Request.QueryValue(parameter);

    public string? VersionId { get; init; } = Request.QueryValue("versionId");

    /// <exception cref="AwsException">InvalidArgument: not a number, or out of range.</exception>
    public int Number(string parameter, int otherwise, int largest)
    {
        if (Value(parameter) is not { Length: > 0 } text)
        {
            return otherwise;
        }

        return int.TryParse(text, out var number) && number >= 0
            ? Math.Min(number, largest)
            : throw new AwsException("InvalidArgument", $"Provided {parameter} not an integer or within integer range");
    }
}
