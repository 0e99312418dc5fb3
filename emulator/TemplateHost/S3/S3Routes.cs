using TemplateHost.Kernel;
using TemplateHost.S3.Model;
using TemplateHost.S3.Operations;
using TemplateHost.S3.Storage;

namespace TemplateHost.S3;

/// <summary>Finds the operation that a request means: by method, by what it is for, and by the subresource in its query.</summary>
internal sealed class S3Routes
{
    /// <summary>Subresources that S3 has and the host refuses by name.</summary>
    private static readonly string[] Refused =
    [
        "torrent",
        "restore",
        "select",
        "accelerate",
        "analytics",
        "inventory",
        "logging",
        "metrics",
        "notification",
        "ownershipControls",
        "replication",
        "requestPayment",
        "website",
        "publicAccessBlock",
        "policyStatus",
        "cors",
        "lifecycle",
        "intelligent-tiering",
        "renameObject",
    ];

    /// <summary>Subresources of an object that are served.</summary>
    private static readonly string[] Subresources = ["acl", "retention", "legal-hold", "tagging"];

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
    private readonly CopyObjectOperation copy;
    private readonly LockOperations locks;
    private readonly TaggingOperations tags;
    private readonly AclOperations acls;

    public S3Routes(HostContext context, BucketStore store)
    {
        var access = new BucketAccess(context, store);
        var (writer, receiver, finder) = (new ObjectWriter(context), new BlobReceiver(context), new ObjectFinder(context, access));
        var lockAccess = new LockAccess(context, access);
        buckets = new BucketOperations(context, access);
        settings = new BucketSettingOperations(access);
        objects = new ListObjectsOperation(context, access);
        versions = new ListVersionsOperation(context, access);
        uploads = new UploadListOperations(context, access);
        put = new PutObjectOperation(context, access, writer, receiver, lockAccess);
        get = new GetObjectOperation(context, finder);
        attributes = new AttributesOperation(context, finder);
        delete = new DeleteObjectOperations(context, access, writer, lockAccess);
        multipart = new MultipartOperations(context, access, writer, receiver, lockAccess);
        complete = new CompleteMultipartOperation(context, access, writer, lockAccess);
        copy = new CopyObjectOperation(context, access, finder, writer, lockAccess);
        locks = new LockOperations(context, access, finder, lockAccess);
        tags = new TaggingOperations(context, finder);
        acls = new AclOperations(context, access, finder);
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

    private Task<AwsResponse> OnBucketAsync(S3Call call, CancellationToken cancellationToken) =>
        call.Request.Method switch
        {
            "GET" when call.Has("location") => Done(settings.GetLocation(call)),
            "GET" when call.Has("versioning") => Done(settings.GetVersioning(call)),
            "GET" when call.Has("policy") => Done(settings.GetPolicy(call)),
            "GET" when call.Has("encryption") => Done(settings.GetEncryption(call)),
            "GET" when call.Has("acl") => Done(acls.GetOfBucket(call)),
            "PUT" when call.Has("acl") => Done(acls.PutOfBucket(call)),
            "GET" when call.Has("object-lock") => Done(locks.GetConfiguration(call)),
            "PUT" when call.Has("object-lock") => locks.PutConfigurationAsync(call, cancellationToken),
            _ when call.Has("tagging") => throw S3Errors.NotImplemented("tagging of a bucket"),
            "GET" when call.Has("versions") => Done(versions.Run(call)),
            "GET" when call.Has("uploads") => Done(uploads.ListUploads(call)),
            "GET" => Done(objects.Run(call)),
            "HEAD" => Done(buckets.Head(call)),
            "PUT" when call.Has("versioning") => settings.PutVersioningAsync(call, cancellationToken),
            "PUT" when call.Has("policy") => settings.PutPolicyAsync(call, cancellationToken),
            "PUT" => buckets.CreateAsync(call, cancellationToken),
            "DELETE" when call.Has("policy") => settings.DeletePolicyAsync(call),
            "DELETE" => buckets.DeleteAsync(call),
            "POST" when call.Has("delete") => delete.DeleteManyAsync(call, cancellationToken),
            _ => throw S3Errors.MethodNotAllowed(),
        };

    private Task<AwsResponse> OnObjectAsync(S3Call call, CancellationToken cancellationToken) =>
        call.Request.Method switch
        {
            "GET" when call.Has("uploadId") => Done(uploads.ListParts(call)),
            _ when Array.Exists(Subresources, call.Has) => OnSubresourceAsync(call, cancellationToken),
            "GET" when call.Has("attributes") => Done(attributes.Run(call)),
            "GET" or "HEAD" => get.RunAsync(call),
            "PUT" when call.Has("uploadId") && call.Request.Header("x-amz-copy-source") is not null => throw S3Errors.NotImplemented(
                "UploadPartCopy"
            ),
            "PUT" when call.Request.Header("x-amz-copy-source") is not null => copy.RunAsync(call, cancellationToken),
            "PUT" when call.Has("uploadId") => multipart.UploadPartAsync(call, cancellationToken),
            "PUT" => put.RunAsync(call, cancellationToken),
            "POST" when call.Has("uploads") => multipart.CreateAsync(call),
            "POST" when call.Has("uploadId") => complete.RunAsync(call, cancellationToken),
            "DELETE" when call.Has("uploadId") => multipart.AbortAsync(call),
            "DELETE" => delete.DeleteAsync(call),
            _ => throw S3Errors.MethodNotAllowed(),
        };

    private Task<AwsResponse> OnSubresourceAsync(S3Call call, CancellationToken cancellationToken) =>
        (call.Request.Method, Array.Find(Subresources, call.Has)) switch
        {
            ("GET", "acl") => Done(acls.GetOfObject(call)),
            ("PUT", "acl") => Done(acls.PutOfObject(call)),
            ("GET", "retention") => Done(locks.GetRetention(call)),
            ("PUT", "retention") => locks.PutRetentionAsync(call, cancellationToken),
            ("GET", "legal-hold") => Done(locks.GetLegalHold(call)),
            ("PUT", "legal-hold") => locks.PutLegalHoldAsync(call, cancellationToken),
            ("GET", "tagging") => Done(tags.Get(call)),
            ("PUT", "tagging") => tags.PutAsync(call, cancellationToken),
            ("DELETE", "tagging") => tags.DeleteAsync(call),
            _ => throw S3Errors.MethodNotAllowed(),
        };

    private static Task<AwsResponse> Done(AwsResponse response) => Task.FromResult(response);
}
