using System.Globalization;
using System.Xml.Linq;

namespace FairShare.Client.Transfers;

/// <summary>A part that S3 has.</summary>
/// <param name="Checksum">Its SHA-256 in base64, as S3 computed it.</param>
/// <param name="Tag">Its tag.</param>
internal sealed record StoredPart(string Checksum, string Tag);

/// <summary>The parts of a multipart upload to S3, by presigned URLs: which it has, and their joining.</summary>
internal sealed class MultipartParts(ObjectStoreClient store)
{
    private static readonly XNamespace S3 = "http://s3.amazonaws.com/doc/2006-03-01/";

    /// <summary>The parts that S3 has, by number; at most 1000, which is what one presigned URL lists.</summary>
    /// <exception cref="TransferProblem">S3 refused, for example with <c>NoSuchUpload</c>.</exception>
    public async Task<IReadOnlyDictionary<int, StoredPart>> ListAsync(string url, CancellationToken cancellationToken)
    {
        using var response = await store.GetAsync(url, 0, cancellationToken).ConfigureAwait(false);
        if (!response.IsSuccessStatusCode)
        {
            throw await ObjectStoreClient.ReadProblemAsync(response, cancellationToken).ConfigureAwait(false);
        }

        var list = ObjectStoreClient.Read(await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false));
        var parts = new Dictionary<int, StoredPart>();
        foreach (var part in list.Root!.Elements().Where(element => element.Name.LocalName == "Part"))
        {
            if (
                int.TryParse(ObjectStoreClient.Child(part, "PartNumber"), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                && ObjectStoreClient.Child(part, "ChecksumSHA256") is { } checksum
                && ObjectStoreClient.Child(part, "ETag") is { } tag
            )
            {
                parts[number] = new(checksum, tag);
            }
        }

        return parts;
    }

    /// <summary>Joins the parts.</summary>
    /// <returns>S3's answer; the caller disposes it.</returns>
    /// <exception cref="TransferProblem">S3 refused.</exception>
    public async Task<HttpResponseMessage> CompleteAsync(
        string url,
        IReadOnlyDictionary<string, string>? headers,
        IEnumerable<(int Number, StoredPart Part)> parts,
        CancellationToken cancellationToken
    )
    {
        var body = new XDocument(
            new XElement(
                S3 + "CompleteMultipartUpload",
                parts.Select(part => new XElement(
                    S3 + "Part",
                    new XElement(S3 + "PartNumber", part.Number),
                    new XElement(S3 + "ETag", part.Part.Tag),
                    new XElement(S3 + "ChecksumSHA256", part.Part.Checksum)
                ))
            )
        );
        var response = await store.PostAsync(url, headers, body, cancellationToken).ConfigureAwait(false);
        var text = await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
        // S3 may find out only after it has answered 200, and then says so in the body.
        if (ObjectStoreClient.Read(text).Root!.Name.LocalName == "CompleteMultipartUploadResult")
        {
            return response;
        }

        using (response)
        {
            throw ObjectStoreClient.ReadProblem(text, (int)response.StatusCode);
        }
    }

    /// <summary>The tag that S3 gave to a part.</summary>
    /// <exception cref="TransferProblem">It gave none.</exception>
    public static string TagOf(HttpResponseMessage response) =>
        response.Headers.ETag?.ToString()
        ?? throw new TransferProblem("missing-etag", (int)response.StatusCode, "The object store took a part and did not say its tag.");
}
