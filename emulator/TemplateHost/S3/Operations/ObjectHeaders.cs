using TemplateHost.Kernel;
using TemplateHost.S3.Model;

namespace TemplateHost.S3.Operations;

/// <summary>The headers that an upload gives its object, and those that the host refuses by name.</summary>
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

    private static readonly string[] Refused =
    [
        "x-amz-server-side-encryption-customer-algorithm",
        "x-amz-grant-read",
        "x-amz-grant-full-control",
    ];

    /// <exception cref="AwsException">NotImplemented or InvalidArgument: a header that asks for what the host does not do.</exception>
    public static Dictionary<string, string> Read(AwsRequest request)
    {
        RefuseOthers(request);
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

    private static void RefuseOthers(AwsRequest request)
    {
        if (Array.Find(Refused, name => request.Header(name) is not null) is { } refused)
        {
            throw S3Errors.NotImplemented(refused);
        }

        if (request.Header("x-amz-server-side-encryption") is { } encryption && encryption != "AES256")
        {
            throw S3Errors.NotImplemented($"x-amz-server-side-encryption: {encryption}");
        }

        if (request.Header("x-amz-storage-class") is { } storageClass && storageClass != "STANDARD")
        {
            throw S3Errors.NotImplemented($"x-amz-storage-class: {storageClass}");
        }

        if (request.Header("x-amz-acl") is { } acl && acl is not ("bucket-owner-full-control" or "private"))
        {
            throw AclsDisabled();
        }
    }
}
