using System.Collections.Concurrent;
using FairShare.Client.Http;
using FairShare.Contracts.Exchange;
using FairShare.Core.Identifiers;
using Microsoft.Win32.SafeHandles;

namespace FairShare.Client.Transfers;

/// <summary>
/// A multipart upload to S3 through presigned URLs: three parts at a time, what S3 already has left out, every part's SHA-256 checked by
/// S3.
/// </summary>
internal sealed class MultipartUpload(FairShareApi api, ObjectStoreClient store, DocumentId document, MultipartWay way, FileDigest file)
{
    private const int Parallelism = 3;
    private const int PartsPerRequest = 24;

    private readonly MultipartParts parts = new(store);
    private readonly ConcurrentDictionary<int, string> tags = new();
    private readonly ConcurrentDictionary<int, long> sent = new();

    /// <summary>Uploads what is missing and completes the upload.</summary>
    /// <returns>The version id of the object.</returns>
    /// <exception cref="TransferProblem">S3 refused, or its checksum is not the file's.</exception>
    public async Task<string> RunAsync(SafeFileHandle handle, Action<TransferProgress>? progress, CancellationToken cancellationToken)
    {
        await FindUploadedPartsAsync(cancellationToken).ConfigureAwait(false);
        Report(progress);
        foreach (var batch in Enumerable.Range(1, file.Parts.Count).Where(number => !tags.ContainsKey(number)).Chunk(PartsPerRequest))
        {
            var request = new PartsRequest([.. batch.Select(number => new PartDigest(number, file.Parts[number - 1].ToString()))]);
            var grant = await api.CallAsync(ExchangeRoutes.RequestUploadParts, document, request, cancellationToken).ConfigureAwait(false);
            var options = new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = cancellationToken };
            await Parallel
                .ForEachAsync(
                    grant.Parts,
                    options,
                    async (part, stop) => await PutPartAsync(part, handle, progress, stop).ConfigureAwait(false)
                )
                .ConfigureAwait(false);
        }

        return await CompleteAsync(cancellationToken).ConfigureAwait(false);
    }

    // Parts beyond those that are listed are uploaded again, which does no harm.
    private async Task FindUploadedPartsAsync(CancellationToken cancellationToken)
    {
        foreach (var (number, part) in await parts.ListAsync(way.PartsUrl, cancellationToken).ConfigureAwait(false))
        {
            if (number >= 1 && number <= file.Parts.Count && part.Checksum == file.Parts[number - 1].ToBase64())
            {
                tags[number] = part.Tag;
                sent[number] = LengthOf(number);
            }
        }
    }

    private async Task PutPartAsync(
        PartWay part,
        SafeFileHandle handle,
        Action<TransferProgress>? progress,
        CancellationToken cancellationToken
    )
    {
        using var response = await store
            .PutAsync(
                part.Url,
                part.Headers,
                handle,
                (part.Number - 1) * way.PartSize,
                LengthOf(part.Number),
                done =>
                {
                    sent[part.Number] = done;
                    Report(progress);
                },
                cancellationToken
            )
            .ConfigureAwait(false);
        tags[part.Number] = MultipartParts.TagOf(response);
    }

    private async Task<string> CompleteAsync(CancellationToken cancellationToken)
    {
        var stored = tags.OrderBy(tag => tag.Key).Select(tag => (tag.Key, new StoredPart(file.Parts[tag.Key - 1].ToBase64(), tag.Value)));
        using var response = await parts
            .CompleteAsync(way.CompleteUrl, way.CompleteHeaders, stored, cancellationToken)
            .ConfigureAwait(false);
        return Uploads.VersionOf(response);
    }

    private long LengthOf(int number) => Math.Min(way.PartSize, file.Size - ((number - 1) * way.PartSize));

    private void Report(Action<TransferProgress>? progress) =>
        progress?.Invoke(new TransferProgress(TransferPhase.Uploading, sent.Values.Sum(), file.Size));
}
