using FairShare.Client.Http;
using FairShare.Contracts.Exchange;
using FairShare.Core.Identifiers;

namespace FairShare.Client.Transfers;

/// <summary>Uploads a file in the way that the service granted.</summary>
internal sealed class Uploads(FairShareApi api, ObjectStoreClient store)
{
    /// <summary>Uploads, and gives the object's version; memory does not grow with the file.</summary>
    /// <exception cref="TransferProblem">S3 refused, for example because the bytes are no longer those of the digest.</exception>
    public async Task<ObjectVersion> RunAsync(
        string path,
        UploadGrant grant,
        FileDigest file,
        Action<TransferProgress>? progress,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await UploadAsync(path, grant, file, progress, cancellationToken).ConfigureAwait(false);
        }
        catch (TransferProblem problem) when (problem.Status == TransferProblem.PreconditionFailed || problem.Code == "NoSuchUpload")
        {
            // An attempt before this one arrived, and its answer was lost: the service knows which version it made.
            var stored = await api.CallAsync(ExchangeRoutes.GetDocument, DocumentId.Parse(grant.FileId), cancellationToken)
                .ConfigureAwait(false);
            if (stored.Version is not { } version)
            {
                throw;
            }

            return ObjectVersion.Parse(version);
        }
    }

    private async Task<ObjectVersion> UploadAsync(
        string path,
        UploadGrant grant,
        FileDigest file,
        Action<TransferProgress>? progress,
        CancellationToken cancellationToken
    )
    {
        using var handle = File.OpenHandle(path, options: FileOptions.Asynchronous);
        if (grant.Upload.Multipart is { } multipart)
        {
            var upload = new MultipartUpload(api, store, DocumentId.Parse(grant.FileId), multipart, file);
            return ObjectVersion.Parse(await upload.RunAsync(handle, progress, cancellationToken).ConfigureAwait(false));
        }

        var url =
            grant.Upload.Url
            ?? throw new FairShareProblem("unexpected-answer", 201, "The service granted an upload and gave no URL for it.");
        using var response = await store
            .PutAsync(
                url,
                grant.Upload.Headers,
                handle,
                0,
                file.Size,
                done => progress?.Invoke(new TransferProgress(TransferPhase.Uploading, done, file.Size)),
                cancellationToken
            )
            .ConfigureAwait(false);
        return ObjectVersion.Parse(VersionOf(response));
    }

    internal static string VersionOf(HttpResponseMessage response) =>
        response.Headers.TryGetValues("x-amz-version-id", out var values)
            ? values.First()
            : throw new TransferProblem(
                "missing-version",
                (int)response.StatusCode,
                "The object store took the document and did not say its version."
            );
}
