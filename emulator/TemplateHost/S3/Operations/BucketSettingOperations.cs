using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using TemplateHost.Identity.Policies;
using TemplateHost.Kernel;
using TemplateHost.S3.Model;

namespace TemplateHost.S3.Operations;

/// <summary>A bucket's settings: location, versioning, policy, encryption, CORS.</summary>
internal sealed class BucketSettingOperations(BucketAccess access)
{
    public AwsResponse GetLocation(S3Call call)
    {
        access.Demand(call, "GetBucketLocation", onKey: false);
        // us-east-1 is written as nothing.
        return S3Xml.Answer("LocationConstraint", []);
    }

    public AwsResponse GetVersioning(S3Call call)
    {
        var bucket = access.Demand(call, "GetBucketVersioning", onKey: false);
        return S3Xml.Answer("VersioningConfiguration", [bucket.Versioning is null ? null : new XElement("Status", bucket.Versioning)]);
    }

    public async Task<AwsResponse> PutVersioningAsync(S3Call call, CancellationToken cancellationToken)
    {
        var bucket = access.Demand(call, "PutBucketVersioning", onKey: false);
        var document = await S3Xml.ReadAsync(call.Request, cancellationToken);
        if (S3Xml.Child(document, "MfaDelete") is "Enabled")
        {
            throw S3Errors.NotImplemented("MfaDelete");
        }

        var status = S3Xml.Child(document, "Status");
        if (bucket.ObjectLock && status == "Suspended")
        {
            throw new AwsException(
                "InvalidBucketState",
                "An Object Lock configuration is present on this bucket, so the versioning state cannot be changed.",
                409
            );
        }

        await access.Buckets.PutAsync(
            bucket with
            {
                Versioning = status is "Enabled" or "Suspended" ? status : throw S3Errors.MalformedXml(),
            }
        );
        return new AwsResponse();
    }

    public AwsResponse GetPolicy(S3Call call)
    {
        var policy =
            access.Demand(call, "GetBucketPolicy", onKey: false).Policy
            ?? throw new AwsException("NoSuchBucketPolicy", "The bucket policy does not exist", 404);
        var response = new AwsResponse { Body = Encoding.UTF8.GetBytes(policy.ToJsonString()) };
        response.Headers["Content-Type"] = "application/json";
        return response;
    }

    public async Task<AwsResponse> PutPolicyAsync(S3Call call, CancellationToken cancellationToken)
    {
        var bucket = access.Demand(call, "PutBucketPolicy", onKey: false);
        var text = Encoding.UTF8.GetString(await S3Xml.ReadBodyAsync(call.Request, cancellationToken));
        JsonObject policy;
        try
        {
            policy = PolicyInput.Parse(text, PolicyKind.Resource);
        }
        catch (AwsException malformed)
        {
            throw new AwsException("MalformedPolicy", malformed.Message);
        }

        if (bucket.BlocksPublicPolicy && PublicPolicy.Is(policy))
        {
            throw new AwsException(
                "AccessDenied",
                "Public policies are blocked by the BlockPublicPolicy block public access setting.",
                403
            );
        }

        await access.Buckets.PutAsync(bucket with { Policy = policy });
        return new AwsResponse { Status = 204 };
    }

    public async Task<AwsResponse> DeletePolicyAsync(S3Call call)
    {
        await access.Buckets.PutAsync(access.Demand(call, "DeleteBucketPolicy", onKey: false) with { Policy = null });
        return new AwsResponse { Status = 204 };
    }

    /// <summary>Every bucket is encrypted with S3's own keys, as at AWS since 2023.</summary>
    public AwsResponse GetEncryption(S3Call call)
    {
        access.Demand(call, "GetEncryptionConfiguration", onKey: false);
        return S3Xml.Answer(
            "ServerSideEncryptionConfiguration",
            [new XElement("Rule", new XElement("ApplyServerSideEncryptionByDefault", new XElement("SSEAlgorithm", "AES256")))]
        );
    }
}
