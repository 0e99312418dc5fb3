using System.Text.Json.Nodes;
using TemplateHost.Tests.Contract.Targets;

namespace TemplateHost.Tests.Contract.S3;

/// <summary>Calls of S3 as contracts make them: on one bucket.</summary>
internal static class S3Calls
{
    public const string Bucket = "contract-bucket";

    /// <summary>Calls an operation on the contract's bucket.</summary>
    public static Task<ContractAnswer> S3Async(this IContractTarget target, string operation, JsonObject input)
    {
        var members = new JsonObject { ["Bucket"] = Bucket };
        foreach (var (name, value) in input)
        {
            members[name] = value?.DeepClone();
        }

        return target.CallAsync("s3", operation, members);
    }

    public static async Task CreateBucketAsync(this IContractTarget target, bool versioned = false, bool locked = false)
    {
        (await target.S3Async("CreateBucket", locked ? new() { ["ObjectLockEnabledForBucket"] = true } : [])).Accepted();
        if (versioned)
        {
            (
                await target.S3Async(
                    "PutBucketVersioning",
                    new() { ["VersioningConfiguration"] = new JsonObject { ["Status"] = "Enabled" } }
                )
            ).Accepted();
        }
    }

    /// <summary>Puts an object with more members of the request.</summary>
    public static Task<ContractAnswer> PutObjectAsync(this IContractTarget target, string key, byte[] body, JsonObject? more = null)
    {
        var input = more ?? [];
        (input["Key"], input["Body"]) = (key, Convert.ToBase64String(body));
        return target.S3Async("PutObject", input);
    }

    public static Task<ContractAnswer> GetObjectAsync(this IContractTarget target, string key, JsonObject? more = null)
    {
        var input = more ?? [];
        input["Key"] = key;
        return target.S3Async("GetObject", input);
    }

    public static byte[] Octets(this ContractAnswer answer) => Convert.FromBase64String(answer.Text("Body"));

    /// <summary>Starts an upload in parts.</summary>
    public static async Task<string> CreateUploadAsync(this IContractTarget target, string key, JsonObject? more = null)
    {
        var input = more ?? [];
        input["Key"] = key;
        return (await target.S3Async("CreateMultipartUpload", input)).Text("UploadId");
    }

    /// <summary>Uploads a part, and names it as the completion does.</summary>
    public static async Task<JsonObject> UploadPartAsync(this IContractTarget target, string key, string upload, int number, byte[] body)
    {
        var sent = await target.S3Async(
            "UploadPart",
            new()
            {
                ["Key"] = key,
                ["UploadId"] = upload,
                ["PartNumber"] = number,
                ["Body"] = Convert.ToBase64String(body),
            }
        );
        return new() { ["PartNumber"] = number, ["ETag"] = sent.Text("ETag") };
    }

    public static Task<ContractAnswer> CompleteAsync(this IContractTarget target, string key, string upload, params JsonObject[] parts) =>
        target.S3Async(
            "CompleteMultipartUpload",
            new()
            {
                ["Key"] = key,
                ["UploadId"] = upload,
                ["MultipartUpload"] = new JsonObject { ["Parts"] = new JsonArray([.. parts.Select(part => part.DeepClone())]) },
            }
        );
}
