using FairShare.Aws.Exchange;
using FairShare.Aws.Parties;
using FairShare.Contracts.Exchange;
using FairShare.Contracts.Http;
using FairShare.Core.Identifiers;
using FairShare.Exchange.Evidence;
using FairShare.Exchange.States;
using FairShare.Functions.Hosting;
using FairShare.Functions.Http;

namespace FairShare.Functions.Exchange;

/// <summary>
/// Steps 4 and 5: a party asks for a document; an exchange is started, and the sealed challenge says what its receipt must say.
/// </summary>
internal sealed class RequestDownload(FunctionServices services) : IRouteHandler<DocumentId, ExchangeRequest, ExchangeGrant>
{
    /// <summary>With the same idempotency key, a repeat is given the same exchange and its challenge.</summary>
    public async Task<Answer<ExchangeGrant>> HandleAsync(ApiCall<DocumentId, ExchangeRequest> call, CancellationToken cancellationToken)
    {
        var body = call.Request;
        var (downloader, documentId, idempotencyKey) = (call.Party, call.Subject, call.IdempotencyKey);
        var wait = ExchangeDeadline.Parse(body.DeadlineSeconds);
        var key = await services.PartyEvidence.RequireActiveKeyAsync(downloader, cancellationToken);
        var exchange = idempotencyKey is null
            ? ExchangeId.New(services.Randomness)
            : ExchangeId.Parse(DerivedId.From($"exchange {documentId}", downloader, idempotencyKey));
        if (idempotencyKey is not null && await services.Exchanges.FindAsync(exchange, cancellationToken) is { } known)
        {
            return Answer(RequireSame(known.Challenge, wait), key);
        }

        var deposit = await RequireAvailableAsync(documentId, downloader, cancellationToken);
        var now = Timestamp.Truncate(services.Time.GetUtcNow());
        await services.LimitsOf(call).StartExchangeAsync(exchange, now + wait + ExchangeDeadline.Grace, cancellationToken);
        var challenge = await ChallengeAsync(deposit, downloader, exchange, now, now + wait, cancellationToken);
        var start = new ExchangeStart(challenge, wait + ExchangeDeadline.Grace);
        return await services.Workflow.TryStartAsync(start, cancellationToken)
            ? Answer(challenge, key)
            : Answer(RequireSame((await RequireStartedAsync(exchange, cancellationToken)).Challenge, wait), key);
    }

    private async Task<DepositRecord> RequireAvailableAsync(DocumentId documentId, PartyId downloader, CancellationToken cancellationToken)
    {
        var stored = await services.Documents.FindAsync(documentId, cancellationToken);
        return stored switch
        {
            { Document: var document } when document.Uploader == downloader => throw ExchangeProblems.OwnDocument.With(
                "You uploaded this document yourself."
            ),
            { Document: var document } when !document.IsFor(downloader) => throw Unknown(),
            { Document.State: DocumentState.Deposited, Deposit: { } deposit } => deposit,
            { Document.State: not DocumentState.Pending } => throw ExchangeProblems.DocumentNotAvailable.With(
                "The document was withdrawn."
            ),
            _ => throw Unknown(),
        };

        static Core.Errors.ProtocolException Unknown() => ExchangeProblems.DocumentNotFound.With("There is no such document for you.");
    }

    private async Task<EvidenceToken> ChallengeAsync(
        DepositRecord deposit,
        PartyId downloader,
        ExchangeId exchange,
        DateTimeOffset now,
        DateTimeOffset due,
        CancellationToken cancellationToken
    )
    {
        var statement = Statements.ReceiptChallenge(
            EvidenceId.New(services.Randomness),
            deposit.Origin,
            downloader,
            exchange,
            Nonce.New(services.Randomness),
            now,
            due
        );
        return await services.Seal.SealAsync(statement, cancellationToken);
    }

    private static EvidenceToken RequireSame(EvidenceToken challenge, TimeSpan wait) =>
        challenge.Statement.Due - challenge.Statement.Gen == wait
            ? challenge
            : throw CommonProblems.IdempotencyKeyReused.With("The Idempotency-Key was used for a request with another deadline.");

    // A call with the same key was faster, and its workflow may not have recorded the exchange yet.
    private async Task<ExchangeRecord> RequireStartedAsync(ExchangeId exchange, CancellationToken cancellationToken) =>
        await services.Wait.UntilAsync(
            () => services.Exchanges.FindAsync(exchange, cancellationToken),
            found => found is not null,
            cancellationToken
        ) ?? throw CommonProblems.Busy.With("The exchange is being opened; repeat the request.");

    private static ExchangeGrant Answer(EvidenceToken challenge, PartyKeyRecord key)
    {
        var statement = challenge.Statement;
        return new ExchangeGrant(
            statement.Exchange.ToString()!,
            statement.Document.Id.ToString(),
            key.Key.KeyId.ToString(),
            statement.Nonce.ToString()!,
            challenge.Text,
            statement.Due ?? throw new InvalidOperationException("A challenge without a deadline."),
            key.CmkId
        );
    }
}
