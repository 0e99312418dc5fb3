using FairShare.Client.Evidence;
using FairShare.Client.Http;
using FairShare.Client.Parties;
using FairShare.Client.Transfers;
using FairShare.Contracts.Exchange;
using FairShare.Core.Digests;
using FairShare.Core.Identifiers;
using FairShare.Exchange.Evidence;

namespace FairShare.Client.Exchange;

/// <summary>A document to be deposited.</summary>
/// <param name="Path">The file; 1 byte or more.</param>
/// <param name="Name">Its name for others.</param>
/// <param name="MediaType">Its media type.</param>
/// <param name="Audience">Who may ask for it; empty for everybody.</param>
/// <param name="DisclosesDigest">Whether readers may know the digest before they give a receipt.</param>
public sealed record PutOrder(
    string Path,
    DocumentName Name,
    MediaType MediaType,
    IReadOnlyList<PartyId> Audience,
    bool DisclosesDigest = false
)
{
    /// <summary>
    /// Names the announcement, so that a repeat of it is about the same document until that is deposited; null for none. Whether it is,
    /// when an answer was lost, <see cref="FairShareClient.FindDepositAsync"/> says.
    /// </summary>
    public string? IdempotencyKey { get; init; }

    internal string? Disclose => DisclosesDigest ? Disclosure.Digest : null;
}

/// <summary>A deposited document.</summary>
/// <param name="Origin">The evidence of origin.</param>
/// <param name="Receipt">The store's deposit receipt, verified.</param>
/// <param name="Folder">Where both are kept.</param>
public sealed record Deposit(EvidenceToken Origin, EvidenceToken Receipt, EvidenceFolder Folder)
{
    /// <summary>The document.</summary>
    public DocumentDescription Document => Origin.Statement.Document;
}

/// <summary>Steps 1 to v.</summary>
internal sealed class DepositOperation(FairShareClient client, IPartySigner signer, TransferWatch watch)
{
    // How far this machine's clock may be off from the service's; the service has its own bound for ours.
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);

    private readonly FairShareClientOptions options = client.Options;
    private readonly UploadStateStore states = new(client.Options.Profile.UploadsFolder);
    private readonly StepReporter steps = new(watch.Steps, client.Options.Time);

    public async Task<Deposit> RunAsync(PutOrder order, CancellationToken cancellationToken)
    {
        client.RequireClock();
        await client.Directory.EnsureAsync(options.Party, signer.KeyId, cancellationToken).ConfigureAwait(false);
        var file = new StableFile(order.Path);
        var (state, digest) = await PrepareAsync(order, file, cancellationToken).ConfigureAwait(false);
        watch.Announced?.Invoke(DocumentId.Parse(state.Grant.FileId));
        var version = await ReadWholeAsync(file, state, digest, cancellationToken).ConfigureAwait(false);
        var grant = state.Grant;
        var document = new DocumentDescription(
            DocumentId.Parse(grant.FileId),
            version,
            order.Name,
            order.MediaType,
            digest.Size,
            digest.Digest
        );
        var statement = Statements.Origin(
            EvidenceId.New(options.Randomness),
            options.Party,
            order.Audience,
            client.Directory.Store,
            document,
            Nonce.Parse(grant.Nonce),
            TimeOfOrigin(grant),
            signer.Holder,
            DocumentSalt.New(options.Randomness),
            order.DisclosesDigest
        );
        var origin = await EvidenceIssuer.IssueAsync(statement, signer, cancellationToken).ConfigureAwait(false);
        steps.Note("3", "A", "TDS", $"evidence of origin (NRO) {origin.Hash}");
        var stamp = await client.StampAsync(origin, cancellationToken).ConfigureAwait(false);
        var answer = await options
            .Api.CallAsync(
                ExchangeRoutes.SubmitOrigin,
                document.Id,
                new OriginRequest(grant.FilePath, grant.Nonce, origin.Text, stamp),
                cancellationToken
            )
            .ConfigureAwait(false);
        var receipt = Verify(answer, origin);
        steps.Note("v", "TDS", "A", "verified, deposit receipt");
        states.Delete(file.Info);
        return Keep(origin, receipt);
    }

    private async Task<(UploadState State, FileDigest Digest)> PrepareAsync(
        PutOrder order,
        StableFile source,
        CancellationToken cancellationToken
    )
    {
        var file = source.Info;
        var audience = order.Audience.Select(party => party.ToString()).ToList();
        var found = states.Find(file);
        if (
            found is not null
            && found.Grant.Due > options.Time.GetUtcNow()
            && found.Fits(file, source.ChangedTicks, order.Name.ToString(), order.MediaType.ToString(), audience, order.Disclose)
        )
        {
            return (found, found.ToFileDigest());
        }

        var digest = await source
            .ReadAsync(() => FileDigest.ComputeAsync(file.FullName, FileDigest.PartSizeFor(file.Length), watch.Progress, cancellationToken))
            .ConfigureAwait(false);
        var view = new DigestView(digest.Digest.Method.Name(), digest.Digest.Value.ToString(), digest.Digest.PartSize);
        steps.Note("1", "A", "TDS", $"upload of {order.Name}, {digest.Size} bytes, {view.Method} {view.Value}");
        var api = order.IdempotencyKey is { } key ? options.Api.WithIdempotencyKey(key) : options.Api;
        var grant = await api.CallAsync(
                ExchangeRoutes.RequestUpload,
                new UploadRequest(order.Name.ToString(), order.MediaType.ToString(), digest.Size, view, audience, order.Disclose),
                cancellationToken
            )
            .ConfigureAwait(false);
        steps.Note("2", "TDS", "A", $"file {grant.FileId}, nonce, presigned upload");
        var state = new UploadState(
            file.FullName,
            digest.Size,
            file.LastWriteTimeUtc.Ticks,
            order.Name.ToString(),
            order.MediaType.ToString(),
            audience,
            view.Value,
            [.. digest.Parts.Select(part => part.ToString())],
            grant,
            order.Disclose
        )
        {
            ChangedTicks = source.ChangedTicks,
        };
        Keep(file, state);
        return (state, digest);
    }

    private async Task<ObjectVersion> ReadWholeAsync(
        StableFile file,
        UploadState state,
        FileDigest digest,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await file.ReadAsync(() => UploadAsync(file.Info, state, digest, cancellationToken)).ConfigureAwait(false);
        }
        catch (TransferProblem problem) when (problem.Code == TransferProblem.FileChanged)
        {
            await DropAsync(file.Info, state, cancellationToken).ConfigureAwait(false);
            throw;
        }
    }

    // What was announced will never be deposited: nobody has those bytes any more.
    private async Task DropAsync(FileInfo file, UploadState state, CancellationToken cancellationToken)
    {
        states.Delete(file);
        try
        {
            await options
                .Api.CallAsync(ExchangeRoutes.AbortDocument, DocumentId.Parse(state.Grant.FileId), cancellationToken)
                .ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is FairShareProblem or HttpRequestException)
        {
            // It ends by itself, when its time to be uploaded has passed.
        }
    }

    private async Task<ObjectVersion> UploadAsync(FileInfo file, UploadState state, FileDigest digest, CancellationToken cancellationToken)
    {
        if (state.Version is { } done)
        {
            return ObjectVersion.Parse(done);
        }

        try
        {
            var version = await new Uploads(options.Api, client.ObjectStore)
                .RunAsync(file.FullName, state.Grant, digest, watch.Progress, cancellationToken)
                .ConfigureAwait(false);
            steps.Note("upload", "A", "S3", $"{digest.Size} bytes, version {version}");
            Keep(file, state with { Version = version.ToString() });
            return version;
        }
        catch (TransferProblem problem) when (problem.Status is >= 400 and < 500)
        {
            // The object store will not take this upload any more, so the next run must not go on with it.
            states.Delete(file);
            if (problem.Code != TransferProblem.BadDigest)
            {
                throw;
            }

            // Not what was read before; where the system does not say so of the file, the object store does.
            throw new TransferProblem(
                TransferProblem.FileChanged,
                0,
                $"{file.FullName} changed while it was read; nothing was signed.",
                problem
            );
        }
    }

    // A clock that is a little slow must not make evidence from before the announcement: the service, and every verifier, refuse that.
    private DateTimeOffset TimeOfOrigin(UploadGrant grant) =>
        options.Time.GetUtcNow() is var now && now < grant.AnnouncedAt && now > grant.AnnouncedAt - Skew ? grant.AnnouncedAt : now;

    // Only a multipart upload can be gone on with; one PUT is simply sent again.
    private void Keep(FileInfo file, UploadState state)
    {
        if (state.Grant.Upload.Multipart is not null)
        {
            states.Save(file, state);
        }
    }

    private EvidenceToken Verify(OriginAnswer answer, EvidenceToken origin) =>
        EvidenceProblem.Require(
            EvidenceVerifier.Verify(
                answer.Receipt,
                Statements.DepositReceipt(null, origin, null),
                client.Directory.Find,
                options.Time.GetUtcNow(),
                Skew
            ),
            "The deposit receipt",
            answer.Receipt
        );

    private Deposit Keep(EvidenceToken origin, EvidenceToken receipt)
    {
        var folder = new EvidenceFolder(Path.Combine(options.Profile.DocumentsFolder, origin.Statement.Document.Id.ToString()));
        folder.WriteDeposit(origin, receipt, client.Directory.Describe([origin.KeyId, receipt.KeyId]));
        return new Deposit(origin, receipt, folder);
    }
}
