using FairShare.Aws.Exchange;
using FairShare.Aws.Objects;
using FairShare.Aws.Parties;
using FairShare.Contracts.Exchange;
using FairShare.Contracts.Http;
using FairShare.Core.Digests;
using FairShare.Core.Identifiers;
using FairShare.Exchange.Evidence;
using FairShare.Exchange.States;
using FairShare.Functions.Hosting;
using FairShare.Functions.Http;

namespace FairShare.Functions.Exchange;

/// <summary>Steps 1 and 2: a party announces a document and is given a nonce and a presigned upload bound to its digest.</summary>
internal sealed class RequestUpload(FunctionServices services) : IRouteHandler<None, UploadRequest, UploadGrant>
{
    private const int AudienceLimit = 20;
    private static readonly TimeSpan UploadValidity = TimeSpan.FromHours(24);

    /// <summary>With the same idempotency key, a repeat is given the same document and a fresh presigned upload.</summary>
    public async Task<Answer<UploadGrant>> HandleAsync(ApiCall<None, UploadRequest> call, CancellationToken cancellationToken)
    {
        var (uploader, body, idempotencyKey) = (call.Party, call.Request, call.IdempotencyKey);
        var wanted = Announce(uploader, body, idempotencyKey);
        var key = await services.PartyEvidence.RequireActiveKeyAsync(uploader, cancellationToken);
        var known = idempotencyKey is null ? null : await services.Documents.FindAsync(wanted.Id, cancellationToken);
        var document = known?.Document ?? await CreateAsync(wanted, services.LimitsOf(call), cancellationToken);
        RequireSame(document, wanted);
        // An aborted document gives nothing more; one on deposit has its bytes.
        return document.State == DocumentState.Pending
            ? await TicketAsync(document, key)
            : throw ExchangeProblems.DocumentNotAvailable.With(
                "The document that was announced with this Idempotency-Key is no longer being uploaded."
            );
    }

    private DocumentRecord Announce(PartyId uploader, UploadRequest body, string? idempotencyKey)
    {
        var now = Timestamp.Truncate(services.Time.GetUtcNow());
        var digest = DocumentDigest.Parse(body.Digest.Method, body.Digest.Value, body.Digest.PartSize);
        digest.RequireFits(body.Size);
        return new DocumentRecord
        {
            Id = idempotencyKey is null
                ? DocumentId.New(services.Randomness)
                : DocumentId.Parse(DerivedId.From("document", uploader, idempotencyKey)),
            State = DocumentState.Pending,
            Uploader = uploader,
            Audience = ParseAudience(uploader, body.Audience),
            Name = DocumentName.Parse(body.Name),
            MediaType = MediaType.Parse(body.MediaType),
            Size = body.Size,
            Digest = digest,
            DisclosesDigest = body.Disclose is { } disclosed && Disclosure.Parse(disclosed),
            Nonce = Nonce.New(services.Randomness),
            RequestedAt = now,
            UploadDue = now + UploadValidity,
        };
    }

    private static List<PartyId> ParseAudience(PartyId uploader, IReadOnlyList<string> audience)
    {
        var parties = audience.Select(PartyId.Parse).ToList();
        return parties switch
        {
            { Count: > AudienceLimit } => throw ExchangeProblems.InvalidAudience.With(
                $"An audience names at most {AudienceLimit} parties; leave it empty for everybody."
            ),
            _ when parties.Distinct().Count() != parties.Count => throw ExchangeProblems.InvalidAudience.With(
                "The audience names a party twice."
            ),
            _ when parties.Contains(uploader) => throw ExchangeProblems.InvalidAudience.With("The audience names the uploader."),
            _ when parties.Any(party => party.IsStore) => throw ExchangeProblems.InvalidAudience.With(
                "The audience names the document store."
            ),
            _ => parties,
        };
    }

    private async Task<DocumentRecord> CreateAsync(DocumentRecord wanted, PartyLimits limits, CancellationToken cancellationToken)
    {
        await limits.CountUploadAsync(cancellationToken);
        var document =
            wanted.Digest.Method == DigestMethod.Sha256Parts
                ? wanted with
                {
                    UploadId = await services.Bucket.BeginMultipartAsync(wanted, cancellationToken),
                }
                : wanted;
        return await services.Documents.TryCreateAsync(document, cancellationToken)
            ? document
            : (await services.Documents.FindAsync(wanted.Id, cancellationToken))?.Document ?? document;
    }

    private static void RequireSame(DocumentRecord stored, DocumentRecord wanted)
    {
        if (
            stored.Name != wanted.Name
            || stored.MediaType != wanted.MediaType
            || stored.Size != wanted.Size
            || stored.Digest != wanted.Digest
            || stored.DisclosesDigest != wanted.DisclosesDigest
            || !stored.Audience.SequenceEqual(wanted.Audience)
        )
        {
            throw CommonProblems.IdempotencyKeyReused.With("The Idempotency-Key was used for the upload of another document.");
        }
    }

    private async Task<UploadGrant> TicketAsync(DocumentRecord document, PartyKeyRecord key) =>
        new(
            document.Id.ToString(),
            key.Key.KeyId.ToString(),
            document.Nonce.ToString(),
            document.ObjectKey,
            document.RequestedAt,
            document.UploadDue,
            document.UploadId is null
                ? Single(await services.Bucket.PresignUploadAsync(document))
                : await MultipartAsync(document, document.UploadId),
            key.CmkId
        );

    private static UploadWay Single(PresignedRequest request) => new(request.Method, request.Url, request.Headers, null);

    private async Task<UploadWay> MultipartAsync(DocumentRecord document, string uploadId)
    {
        var parts = await services.Bucket.PresignListPartsAsync(document);
        var complete = await services.Bucket.PresignCompleteAsync(document);
        var partSize = document.Digest.PartSize ?? document.Size;
        return new UploadWay(
            null,
            null,
            null,
            new MultipartWay(uploadId, partSize, document.Digest.PartCount(document.Size), parts.Url, complete.Url)
            {
                CompleteHeaders = complete.Headers,
            }
        );
    }
}
