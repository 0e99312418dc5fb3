using FairShare.Aws.Exchange;
using FairShare.Aws.Objects;
using FairShare.Contracts.Exchange;
using FairShare.Contracts.Http;
using FairShare.Core.Digests;
using FairShare.Core.Identifiers;
using FairShare.Exchange.Evidence;
using FairShare.Exchange.States;
using FairShare.Functions.Hosting;
using FairShare.Functions.Http;

namespace FairShare.Functions.Exchange;

/// <summary>
/// Steps 3 and v: the uploader's evidence of origin is verified against what S3 stored, and the document goes on deposit.
/// </summary>
internal sealed class SubmitOrigin(FunctionServices services) : IRouteHandler<DocumentId, OriginRequest, OriginAnswer>
{
    /// <summary>A repeat with the same evidence answers with the stored receipt.</summary>
    public async Task<Answer<OriginAnswer>> HandleAsync(ApiCall<DocumentId, OriginRequest> call, CancellationToken cancellationToken)
    {
        var (uploader, documentId, body) = (call.Party, call.Subject, call.Request);
        var stored = await services.Documents.FindAsync(documentId, cancellationToken);
        if (stored is null || stored.Document.Uploader != uploader)
        {
            throw ExchangeProblems.DocumentNotFound.With("You have no such document.");
        }

        var given = PartyEvidence.Read(body.Signature);
        var stamp = AttachedStamp.Read(body.Timestamp, given);
        if (stored is { Deposit: { } deposit, Document.State: DocumentState.Deposited })
        {
            return Answer(stored.Document, deposit, given);
        }

        RequirePending(stored.Document, body);
        var origin = await AcceptAsync(stored.Document, given, cancellationToken);
        await RequireStoredAsync(stored.Document, origin.Token.Statement.Document.Version, cancellationToken);
        await services.LimitsOf(call).CountCallAsync(cancellationToken);
        // Before the deposit, so that no evidence stands without the stamp that came with it.
        await AttachedStamp.KeepAsync(services, origin.Token, stamp, cancellationToken);
        return await DepositAsync(stored.Document, origin, cancellationToken);
    }

    private void RequirePending(DocumentRecord document, OriginRequest body)
    {
        if (document.State != DocumentState.Pending)
        {
            throw ExchangeProblems.DocumentNotAvailable.With("The upload was aborted.");
        }

        if (Nonce.Parse(body.Nonce) != document.Nonce)
        {
            throw CommonProblems.WrongNonce.With("The nonce is not the one that was given for this document.");
        }

        if (body.FilePath != document.ObjectKey)
        {
            throw ExchangeProblems.WrongFilePath.With("The file path is not the one that was given for this document.");
        }

        if (services.Time.GetUtcNow() > document.UploadDue)
        {
            throw ExchangeProblems.UploadExpired.With("The deadline for the evidence of origin has passed; announce the document again.");
        }
    }

    private Task<AcceptedEvidence> AcceptAsync(DocumentRecord document, EvidenceToken given, CancellationToken cancellationToken)
    {
        // The version is the uploader's to state, and S3's to confirm; everything else is known already.
        var version = given.Statement.Document.Version;
        var expected = Statements.Origin(
            null,
            document.Uploader,
            document.Audience,
            services.Store,
            document.Describe(version),
            document.Nonce,
            null,
            null,
            null,
            document.DisclosesDigest
        ) with
        {
            EarliestGen = document.RequestedAt,
        };
        return services.PartyEvidence.AcceptAsync(given, expected, document.RequestedAt, cancellationToken);
    }

    private async Task RequireStoredAsync(DocumentRecord document, ObjectVersion version, CancellationToken cancellationToken)
    {
        var found =
            await services.Bucket.FindAsync(document.ObjectKey, version, cancellationToken)
            ?? throw ExchangeProblems.DocumentNotUploaded.With("S3 has no such version of this document; upload it first.");
        if (!found.Matches(document.Digest, document.Size))
        {
            throw ExchangeProblems.DocumentMismatch.With("S3's checksum or size of this version is not that of the evidence.");
        }

        if (!found.IsServedAsStored)
        {
            throw ExchangeProblems.DocumentEncoded.With(
                "This version was uploaded with a Content-Encoding; announce the document again and upload it without."
            );
        }

        if (
            document.Digest.Method == DigestMethod.Sha256Parts
            && !StoredPart.AreOf(
                await services.Bucket.ListPartsAsync(document.ObjectKey, version, cancellationToken),
                document.Digest,
                document.Size
            )
        )
        {
            throw ExchangeProblems.PartsMismatch.With(
                "The parts of this version do not all have the announced size, or are others than those of the digest."
            );
        }
    }

    private async Task<OriginAnswer> DepositAsync(DocumentRecord document, AcceptedEvidence accepted, CancellationToken cancellationToken)
    {
        var (origin, key, now) = accepted;
        var receipt = await services.Seal.SealAsync(
            Statements.DepositReceipt(EvidenceId.New(services.Randomness), origin, now),
            cancellationToken
        );
        var sealKey = await services.Seal.GetKeyAsync(cancellationToken);
        PartyEvidence.RequireProven(DepositEvidence.Verify(origin.Text, receipt.Text, null, [key, sealKey]).Checks);
        await services.Documents.TryDepositAsync(document, new DepositRecord(origin, receipt, now), cancellationToken);

        // Another call may have been faster: with the same evidence this is its repeat; an abort that came in between decides.
        var stored = await services.Documents.FindAsync(document.Id, cancellationToken);
        return stored is { Deposit: { } deposit, Document.State: DocumentState.Deposited }
            ? Answer(document, deposit, origin)
            : throw ExchangeProblems.DocumentNotAvailable.With("The upload was aborted.");
    }

    private static OriginAnswer Answer(DocumentRecord document, DepositRecord deposit, EvidenceToken given) =>
        given.Hash == deposit.Origin.Hash
            ? new OriginAnswer(document.Id.ToString(), true, deposit.Receipt.Text)
            : throw ExchangeProblems.NonceUsed.With("The document is on deposit under other evidence; its nonce is used.");
}
