using TemplateHost.Kernel;

namespace TemplateHost.S3.Operations;

/// <summary>The headers that an upload gives its object.</summary>
internal static class ObjectHeaders
{
    private static readonly string[] Kept =
    [
        "Content-Type",
        "Cache-Control",
        "Content-Disposition",
        "Content-Language",
        "Expires",
        "x-amz-website-redirect-location",
    ];

    /// <exception cref="AwsException">AccessControlListNotSupported.</exception>
    public static Dictionary<string, string> Read(AwsRequest request)
    {
        DemandAcl(request);
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["Content-Type"] = "binary/octet-stream" };
        foreach (var name in Kept.Where(name => request.Header(name) is { Length: > 0 }))
        {
            headers[name] = request.Header(name)!;
        }

        foreach (
            var (name, value) in request.Headers.Where(header => header.Key.StartsWith("x-amz-meta-", StringComparison.OrdinalIgnoreCase))
        )
        {
            headers[name.ToLowerInvariant()] = value;
        }

        // aws-chunked is how the body travelled, not what it is.
        var encodings = (request.Header("Content-Encoding") ?? "")
            .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Where(encoding => encoding != "aws-chunked")
            .ToList();
        if (encodings.Count > 0)
        {
            headers["Content-Encoding"] = string.Join(',', encodings);
        }

        return headers;
    }

    public static AwsException AclsDisabled() => new("AccessControlListNotSupported", "The bucket does not allow ACLs");

    private static void DemandAcl(AwsRequest request)
    {
        if (request.Header("x-amz-acl") is { } acl && acl is not ("bucket-owner-full-control" or "private"))
        {
            throw AclsDisabled();
        }
    }
}
