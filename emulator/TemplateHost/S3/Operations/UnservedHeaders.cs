using TemplateHost.Kernel;
using TemplateHost.S3.Model;

namespace TemplateHost.S3.Operations;

/// <summary>Headers and parameters of S3 that would have no effect here, refused by name whatever the operation.</summary>
internal static class UnservedHeaders
{
    private static readonly string[] Beginnings =
    [
        "x-amz-grant-",
        "x-amz-server-side-encryption-",
        "x-amz-copy-source-server-side-encryption-",
        "x-amz-if-match-",
    ];

    private static readonly string[] Names =
    [
        "x-amz-bucket-namespace",
        "x-amz-bucket-object-lock-token",
        "x-amz-mfa",
        "x-amz-optional-object-attributes",
        "x-amz-write-offset-bytes",
        "x-amz-checksum-md5",
        "x-amz-checksum-sha512",
        "x-amz-checksum-xxhash3",
        "x-amz-checksum-xxhash64",
        "x-amz-checksum-xxhash128",
    ];

    /// <summary>Headers of which one value is what the host does anyway.</summary>
    private static readonly Dictionary<string, string> Served = new()
    {
        ["x-amz-object-ownership"] = "BucketOwnerEnforced",
        ["x-amz-server-side-encryption"] = "AES256",
        ["x-amz-storage-class"] = "STANDARD",
        ["x-amz-tagging-directive"] = "COPY|REPLACE",
        ["x-amz-metadata-directive"] = "COPY|REPLACE",
        ["x-amz-copy-source-server-side-encryption"] = "",
    };

    /// <exception cref="AwsException">NotImplemented, naming the header or the parameter.</exception>
    public static void Refuse(S3Call call)
    {
        foreach (var (name, value) in call.Request.Headers.Where(header => header.Value is not ("" or "false")))
        {
            var lower = name.ToLowerInvariant();
            if (Served.TryGetValue(lower, out var served) ? !served.Split('|').Contains(value) : IsUnserved(lower))
            {
                throw S3Errors.NotImplemented(served is null ? lower : $"{lower}: {value}");
            }
        }

        if (call.Value("fetch-owner") is "true")
        {
            throw S3Errors.NotImplemented("fetch-owner");
        }
    }

    private static bool IsUnserved(string name) =>
        Names.Contains(name) || Array.Exists(Beginnings, beginning => name.StartsWith(beginning, StringComparison.Ordinal));
}
