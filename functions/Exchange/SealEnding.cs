using System.Text.Json;
using System.Text.Json.Serialization;
using Amazon.Lambda.Core;
using FairShare.Aws.Exchange;
using FairShare.Core.Identifiers;
using FairShare.Exchange.Evidence;
using FairShare.Exchange.States;
using FairShare.Functions.Hosting;

namespace FairShare.Functions.Exchange;

/// <summary>The execution's state as the workflow hands it over; members that are not listed are not needed here.</summary>
internal sealed record SealEndingInput(string ExchangeId, string Challenge, WorkflowFailure Failure)
{
    /// <summary>The receipt that the wait ended with; null when it ended otherwise.</summary>
    public ReceiptInHand? Receipt { get; init; }
}

/// <summary>A receipt that was accepted in time, and has not been committed.</summary>
internal sealed record ReceiptInHand(string AcceptedAt);

/// <summary>What Catch caught.</summary>
internal sealed record WorkflowFailure([property: JsonPropertyName("Error")] string Error)
{
    /// <summary>More about the error; a timeout has none.</summary>
    [JsonPropertyName("Cause")]
    public string? Cause { get; init; }
}

/// <summary>
/// The ending to commit; or, when <see cref="Recorded"/>, the one that stands in the table already; or AwaitingReceipt, which means that
/// nothing stands against the receipt in hand, and that it is to be committed again after a pause.
/// </summary>
internal sealed record SealedEnding(string State, bool Recorded, string Record, string Refusal, string EndedAt, long PauseSeconds);

/// <summary>
/// Decides how an exchange ends that did not complete at once, and seals the record of it.
/// <list type="table">
/// <item><term>an ending stands in the table</term><description>that one, recorded</description></item>
/// <item><term>the document is no longer on deposit</term><description>Aborted, by the uploader</description></item>
/// <item><term>a receipt is in hand</term><description>AwaitingReceipt: commit it again, whatever failed</description></item>
/// <item><term>ReceiptDeclined</term><description>Declined, AbortRecord that answers the refusal</description></item>
/// <item><term>States.Timeout, and the deadline has passed</term><description>Expired, ExpiryRecord</description></item>
/// <item><term>anything else</term><description>Aborted, because the service failed</description></item>
/// </list>
/// </summary>
internal sealed class SealEnding(FunctionServices services) : IFunction
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);

    public async Task<Stream> InvokeAsync(Stream payload, ILambdaContext context)
    {
        var input =
            await JsonSerializer.DeserializeAsync(payload, WorkflowJson.Default.SealEndingInput)
            ?? throw new InvalidOperationException("The payload is not an exchange's state.");
        var ending = await DecideAsync(input, CancellationToken.None);
        return new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(ending, WorkflowJson.Default.SealedEnding));
    }

    private async Task<SealedEnding> DecideAsync(SealEndingInput input, CancellationToken cancellationToken)
    {
        var exchange = await services.Exchanges.FindAsync(ExchangeId.Parse(input.ExchangeId), cancellationToken);
        if (exchange?.Ending is { } stored)
        {
            return new SealedEnding(
                stored.State.ToString(),
                true,
                stored.Record?.Text ?? "",
                stored.Refusal?.Text ?? "",
                Timestamp.Format(stored.EndedAt),
                0
            );
        }

        var challenge = EvidenceToken.Parse(input.Challenge);
        if (await IsAbortedAsync(challenge.Statement.Document.Id, cancellationToken))
        {
            return await SealAsync(ExchangeInput.UploaderAborted, challenge, Statements.AbortOfExchange, cancellationToken);
        }

        return input.Receipt is { } receipt ? CommitAgain(receipt) : await EndAsync(challenge, input.Failure, cancellationToken);
    }

    private async Task<bool> IsAbortedAsync(DocumentId id, CancellationToken cancellationToken) =>
        (await services.Documents.FindAsync(id, cancellationToken))?.Document.State
            is DocumentState.Dropped
                or DocumentState.Deleted
                or DocumentState.Withdrawn;

    /// <summary>The pause is as long as the receipt has waited already, so that a long failure of a service costs few attempts.</summary>
    private SealedEnding CommitAgain(ReceiptInHand receipt)
    {
        var waited = services.Time.GetUtcNow() - Timestamp.Parse(receipt.AcceptedAt);
        var pause =
            waited < ShortestPause ? ShortestPause
            : waited > LongestPause ? LongestPause
            : waited;
        return new SealedEnding(nameof(ExchangeState.AwaitingReceipt), false, "", "", "", (long)pause.TotalSeconds);
    }

    private Task<SealedEnding> EndAsync(EvidenceToken challenge, WorkflowFailure failure, CancellationToken cancellationToken) =>
        failure.Error switch
        {
            WorkflowErrors.ReceiptDeclined => SealRefusalAsync(AcceptedRefusal.Parse(failure.Cause ?? ""), cancellationToken),
            WorkflowErrors.Timeout when services.Time.GetUtcNow() >= challenge.Statement.Due => SealAsync(
                ExchangeInput.DeadlinePassed,
                challenge,
                Statements.Expiry,
                cancellationToken
            ),
            _ => SealAsync(ExchangeInput.UploaderAborted, challenge, Statements.AbortByFailure, cancellationToken),
        };

    private async Task<SealedEnding> SealRefusalAsync(AcceptedRefusal declined, CancellationToken cancellationToken)
    {
        var sealedEnding = await SealAsync(
            ExchangeInput.DeclineAccepted,
            declined.Refusal,
            Statements.AbortByRefusal,
            cancellationToken,
            declined.AcceptedAt
        );
        return sealedEnding with { Refusal = declined.Refusal.Text };
    }

    private async Task<SealedEnding> SealAsync(
        ExchangeInput occurrence,
        EvidenceToken answered,
        Func<EvidenceId?, EvidenceToken, DateTimeOffset?, EvidenceStatement> state,
        CancellationToken cancellationToken,
        DateTimeOffset? at = null
    )
    {
        // Never before what it answers, whose time another function's clock gave:
        // every verifier refuses a record from before its challenge.
        var now = at ?? Timestamp.Truncate(services.Time.GetUtcNow());
        var ended =
            answered.Statement.Gen is { } answeredAt && answered.Kind.Signer() == EvidenceSigner.Store && now < answeredAt
                ? answeredAt
                : now;
        var next = ExchangeTransitions.Next(ExchangeState.AwaitingReceipt, occurrence) is ExchangeTransition.Moves moves
            ? moves.State
            : throw new InvalidOperationException($"Nothing moves by {occurrence}.");
        var record = await services.Seal.SealAsync(state(EvidenceId.New(services.Randomness), answered, ended), cancellationToken);
        return new SealedEnding(next.ToString(), false, record.Text, "", Timestamp.Format(ended), 0);
    }
}

/// <summary>The workflow's JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(SealEndingInput))]
[JsonSerializable(typeof(SealedEnding))]
internal sealed partial class WorkflowJson : JsonSerializerContext;
