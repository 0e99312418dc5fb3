using System.Xml.Linq;
using TemplateHost.Kernel;
using TemplateHost.S3.Model;
using TemplateHost.S3.Operations;
using TemplateHost.S3.Storage;

namespace TemplateHost.S3;

/// <summary>The Simple Storage Service, path-style.</summary>
internal sealed class S3Service : IAwsService
{
    private readonly S3Routes routes;
    private readonly CorsAnswers cors;
    private readonly string accountId;

    public S3Service(HostContext context, BucketStore buckets)
    {
        context.Store.Define(VersionTable.Schema + UploadTable.Schema);
        routes = new S3Routes(context, buckets);
        cors = new CorsAnswers(buckets);
        accountId = context.AccountId;
    }

    public string SigningName => "s3";

    /// <summary>Everybody may ask; the bucket's policy says who gets.</summary>
    public bool AllowsAnonymous(AwsRequest request) => true;

    /// <summary>A preflight is answered by the bucket's rules, and refused by them.</summary>
    public bool AllowsOrigin(AwsRequest request, string origin) => request.Method == "OPTIONS" || cors.Allows(S3Call.Of(request), origin);

    public async Task<AwsResponse> HandleAsync(AwsRequest request, CancellationToken cancellationToken)
    {
        var call = S3Call.Of(request);
        DemandOwner(request, "x-amz-expected-bucket-owner");
        DemandOwner(request, "x-amz-source-expected-bucket-owner");
        UnservedHeaders.Refuse(call);
        var response = request.Method == "OPTIONS" ? cors.Preflight(call) : await routes.RunAsync(call, cancellationToken);
        return Finish(response, call);
    }

    public AwsResponse WriteError(AwsException error, AwsRequest request)
    {
        var response =
            request.Method == "HEAD"
                ? new AwsResponse { Status = error.Status }
                : S3Xml.Write(
                    error.Status,
                    new XElement(
                        "Error",
                        new XElement("Code", error.Code),
                        new XElement("Message", error.Message),
                        error
                            .Members.Where(member => !member.Key.StartsWith("x-amz-", StringComparison.Ordinal))
                            .Select(member => new XElement(member.Key, member.Value?.ToString())),
                        new XElement("Resource", Uri.UnescapeDataString(request.RawPath)),
                        new XElement("RequestId", request.RequestId),
                        new XElement("HostId", request.RequestId)
                    )
                );
        foreach (var (name, value) in error.Members.Where(member => member.Key.StartsWith("x-amz-", StringComparison.Ordinal)))
        {
            response.Headers[name] = value!.ToString();
        }

        return Finish(response, S3Call.Of(request));
    }

    /// <exception cref="AwsException">AccessDenied: the bucket is another account's, says the caller; all here are this one's.</exception>
    private void DemandOwner(AwsRequest request, string header)
    {
        if (request.Header(header) is { } expected && expected != accountId)
        {
            throw new AwsException("AccessDenied", "Access Denied", 403);
        }
    }

    private AwsResponse Finish(AwsResponse response, S3Call call)
    {
        response.Headers["x-amz-request-id"] = call.Request.RequestId;
        response.Headers["x-amz-id-2"] = call.Request.RequestId;
        cors.Describe(response, call);
        return response;
    }
}
