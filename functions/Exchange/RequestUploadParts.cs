using FairShare.Aws.Exchange;
using FairShare.Contracts.Exchange;
using FairShare.Core.Digests;
using FairShare.Core.Identifiers;
using FairShare.Exchange.States;
using FairShare.Functions.Hosting;
using FairShare.Functions.Http;

namespace FairShare.Functions.Exchange;

/// <summary>
/// Step 2 for documents in parts: presigned uploads of parts, each bound to the part's digest. A repeat gives fresh ones.
/// </summary>
internal sealed class RequestUploadParts(FunctionServices services) : IRouteHandler<DocumentId, PartsRequest, PartsGrant>
{
    private const int PartLimit = 100;

    public async Task<Answer<PartsGrant>> HandleAsync(ApiCall<DocumentId, PartsRequest> call, CancellationToken cancellationToken)
    {
        var body = call.Request;
        var stored = await services.Documents.FindAsync(call.Subject, cancellationToken);
        if (stored is not { Document: var document } || document.Uploader != call.Party)
        {
            throw ExchangeProblems.DocumentNotFound.With("You have no such document.");
        }

        RequireUploadable(document, body.Parts);
        var parts = new List<PartWay>();
        foreach (var part in body.Parts)
        {
            var request = await services.Bucket.PresignPartAsync(document, part.Number, Sha256Digest.Parse(part.Digest));
            parts.Add(new PartWay(part.Number, request.Method, request.Url, request.Headers));
        }

        return new PartsGrant(parts);
    }

    private static void RequireUploadable(DocumentRecord document, IReadOnlyList<PartDigest> parts)
    {
        if (document.State != DocumentState.Pending)
        {
            throw ExchangeProblems.DocumentNotAvailable.With("The document is no longer being uploaded.");
        }

        if (document.UploadId is null || parts.Count is 0 or > PartLimit)
        {
            throw ExchangeProblems.InvalidParts.With(
                $"Parts are asked for in lists of 1 to {PartLimit}, of documents whose digest is sha-256-parts."
            );
        }

        var count = document.Digest.PartCount(document.Size);
        if (parts.Any(part => part.Number < 1 || part.Number > count))
        {
            throw ExchangeProblems.InvalidParts.With($"This document has the parts 1 to {count}.");
        }
    }
}
