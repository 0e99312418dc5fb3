using FairShare.Local.Gateway;
using FairShare.Local.Hosting;
using FairShare.Local.S3.Model;
using FairShare.Local.S3.Operations;
using FairShare.Local.S3.Storage;

namespace FairShare.Local.S3;

/// <summary>Finds the operation that a request means: by method, by what it is for, and by the subresource in its query.</summary>
internal sealed class S3Routes
{
    /// <summary>Subresources that S3 has and the host refuses by name.</summary>
    private static readonly string[] Refused =
    [
        "acl", "tagging", "torrent", "legal-hold", "retention", "restore", "select", "accelerate", "analytics", "inventory", "logging", "metrics",
        "notification", "ownershipControls", "replication", "requestPayment", "website", "publicAccessBlock", "policyStatus", "cors", "lifecycle",
        "object-lock", "intelligent-tiering", "renameObject",
    ];

    private readonly BucketOperations buckets;
    private readonly BucketSettingOperations settings;
    private readonly ListObjectsOperation objects;
    private readonly ListVersionsOperation versions;
    private readonly UploadListOperations uploads;
    private readonly PutObjectOperation put;
    private readonly GetObjectOperation get;
    private readonly AttributesOperation attributes;
    private readonly DeleteObjectOperations delete;
    private readonly MultipartOperations multipart;
    private readonly CompleteMultipartOperation complete;

    public S3Routes(HostContext context, BucketStore store)
    {
        var access = new BucketAccess(context, store);
        var (writer, receiver, finder) = (new ObjectWriter(context), new BlobReceiver(context), new ObjectFinder(context, access));
        buckets = new BucketOperations(context, access);
        settings = new BucketSettingOperations(access);
        objects = new ListObjectsOperation(context, access);
        versions = new ListVersionsOperation(context, access);
        uploads = new UploadListOperations(context, access);
        put = new PutObjectOperation(context, access, writer, receiver);
        get = new GetObjectOperation(context, finder);
        attributes = new AttributesOperation(context, finder);
        delete = new DeleteObjectOperations(context, access, writer);
        multipart = new MultipartOperations(context, access, writer, receiver);
        complete = new CompleteMultipartOperation(context, access, writer);
    }

    public Task<AwsResponse> RunAsync(S3Call call, CancellationToken cancellationToken)
    {
        if (Array.Find(Refused, call.Has) is { } refused)
        {
            throw S3Errors.NotImplemented(refused);
        }

        return call.Bucket.Length == 0 ? Done(call.Request.Method == "GET" ? buckets.List(call) : throw S3Errors.MethodNotAllowed())
            : call.Key.Length == 0 ? OnBucketAsync(call, cancellationToken)
            : OnObjectAsync(call, cancellationToken);
    }

    private Task<AwsResponse> OnBucketAsync(S3Call call, CancellationToken cancellationToken) => call.Request.Method switch
    {
        "GET" when call.Has("location") => Done(settings.GetLocation(call)),
        "GET" when call.Has("versioning") => Done(settings.GetVersioning(call)),
        "GET" when call.Has("policy") => Done(settings.GetPolicy(call)),
        "GET" when call.Has("encryption") => Done(settings.GetEncryption(call)),
        "GET" when call.Has("versions") => Done(versions.Run(call)),
        "GET" when call.Has("uploads") => Done(uploads.ListUploads(call)),
        "GET" => Done(objects.Run(call)),
        "HEAD" => Done(buckets.Head(call)),
        "PUT" when call.Has("versioning") => settings.PutVersioningAsync(call, cancellationToken),
        "PUT" when call.Has("policy") => settings.PutPolicyAsync(call, cancellationToken),
        "PUT" => buckets.CreateAsync(call),
        "DELETE" when call.Has("policy") => settings.DeletePolicyAsync(call),
        "DELETE" => buckets.DeleteAsync(call),
        "POST" when call.Has("delete") => delete.DeleteManyAsync(call, cancellationToken),
        _ => throw S3Errors.MethodNotAllowed(),
    };

    private Task<AwsResponse> OnObjectAsync(S3Call call, CancellationToken cancellationToken) => call.Request.Method switch
    {
        "GET" when call.Has("uploadId") => Done(uploads.ListParts(call)),
        "GET" when call.Has("attributes") => Done(attributes.Run(call)),
        "GET" or "HEAD" => get.RunAsync(call),
        "PUT" when call.Has("uploadId") => multipart.UploadPartAsync(call, cancellationToken),
        "PUT" => put.RunAsync(call, cancellationToken),
        "POST" when call.Has("uploads") => multipart.CreateAsync(call),
        "POST" when call.Has("uploadId") => complete.RunAsync(call, cancellationToken),
        "DELETE" when call.Has("uploadId") => multipart.AbortAsync(call),
        "DELETE" => delete.DeleteAsync(call),
        _ => throw S3Errors.MethodNotAllowed(),
    };

    private static Task<AwsResponse> Done(AwsResponse response) => Task.FromResult(response);
}
