using System.Collections.Concurrent;
using System.Globalization;
using System.Xml.Linq;
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

    private static readonly XNamespace S3 = "http://s3.amazonaws.com/doc/2006-03-01/";

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

    // S3 lists at most 1000 parts to one presigned URL; those beyond are uploaded again, which does no harm.
    private async Task FindUploadedPartsAsync(CancellationToken cancellationToken)
    {
        using var response = await store.GetAsync(way.PartsUrl, 0, cancellationToken).ConfigureAwait(false);
        if (!response.IsSuccessStatusCode)
        {
            throw await ObjectStoreClient.ReadProblemAsync(response, cancellationToken).ConfigureAwait(false);
        }

        var list = XDocument.Parse(await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false));
        foreach (var part in list.Root!.Elements().Where(element => element.Name.LocalName == "Part"))
        {
            var number = int.Parse(ObjectStoreClient.Child(part, "PartNumber") ?? "0", CultureInfo.InvariantCulture);
            if (
                number >= 1
                && number <= file.Parts.Count
                && ObjectStoreClient.Child(part, "ChecksumSHA256") == file.Parts[number - 1].ToBase64()
                && ObjectStoreClient.Child(part, "ETag") is { } tag
            )
            {
                tags[number] = tag;
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
        tags[part.Number] =
            response.Headers.ETag?.ToString()
            ?? throw new TransferProblem("missing-etag", (int)response.StatusCode, "The object store took a part and did not say its tag.");
    }

    private async Task<string> CompleteAsync(CancellationToken cancellationToken)
    {
        var body = new XDocument(
            new XElement(
                S3 + "CompleteMultipartUpload",
                tags.OrderBy(tag => tag.Key)
                    .Select(tag => new XElement(
                        S3 + "Part",
                        new XElement(S3 + "PartNumber", tag.Key),
                        new XElement(S3 + "ETag", tag.Value),
                        new XElement(S3 + "ChecksumSHA256", file.Parts[tag.Key - 1].ToBase64())
                    ))
            )
        );
        using var response = await store.PostAsync(way.CompleteUrl, way.CompleteHeaders, body, cancellationToken).ConfigureAwait(false);
        var text = await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
        // S3 may find out only after it has answered 200, and then says so in the body.
        var answer = XDocument.Parse(text).Root!;
        return answer.Name.LocalName == "CompleteMultipartUploadResult"
            ? Uploads.VersionOf(response)
            : throw ObjectStoreClient.ReadProblem(text, (int)response.StatusCode);
    }

    private long LengthOf(int number) => Math.Min(way.PartSize, file.Size - ((number - 1) * way.PartSize));

    private void Report(Action<TransferProgress>? progress) =>
        progress?.Invoke(new TransferProgress(TransferPhase.Uploading, sent.Values.Sum(), file.Size));
}
