using System.Text.Json;
using System.Text.Json.Serialization;
using Amazon.Lambda.Core;
using FairShare.Aws.Workflow;
using FairShare.Functions.Hosting;
using FairShare.Protocol.Evidence;
using FairShare.Protocol.Exchanges;
using FairShare.Protocol.Identifiers;

namespace FairShare.Functions.Workflow;

/// <summary>The execution's state as the workflow hands it over; members that are not listed are not needed here.</summary>
internal sealed record SealEndingInput(string ExchangeId, string Challenge, WorkflowFailure Failure);

/// <summary>What Catch caught.</summary>
internal sealed record WorkflowFailure([property: JsonPropertyName("Error")] string Error)
{
    /// <summary>More about the error; a timeout has none.</summary>
    [JsonPropertyName("Cause")]
    public string? Cause { get; init; }
}

/// <summary>The ending to commit; or, when <see cref="Recorded"/>, the one that stands in the table already.</summary>
internal sealed record SealedEnding(string State, bool Recorded, string Record, string Refusal, string EndedAt);

/// <summary>
/// Decides how an exchange ends that does not complete, and seals the record of it.
/// <list type="table">
/// <item><term>an ending stands in the table</term><description>that one, recorded</description></item>
/// <item><term>ReceiptDeclined</term><description>Declined, AbortRecord that answers the refusal</description></item>
/// <item><term>DocumentAborted, or the document is no longer on deposit</term><description>Aborted, by the uploader</description></item>
/// <item><term>States.Timeout, and the deadline has passed</term><description>Expired, ExpiryRecord</description></item>
/// <item><term>anything else</term><description>Aborted, because the service failed</description></item>
/// </list>
/// </summary>
internal sealed class SealEnding(FunctionServices services) : IFunction
{
    private const string ServiceFailure = "service-failure";

    public async Task<Stream> InvokeAsync(Stream payload, ILambdaContext context)
    {
        var input = await JsonSerializer.DeserializeAsync(payload, WorkflowJson.Default.SealEndingInput)
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
                stored.State.ToString(), true, stored.Record?.Text ?? "", stored.Refusal?.Text ?? "", Timestamp.Format(stored.EndedAt));
        }

        var challenge = EvidenceToken.Parse(input.Challenge);
        var refusal = input.Failure.Error == WorkflowErrors.ReceiptDeclined ? EvidenceToken.Parse(input.Failure.Cause ?? "") : null;
        var occurrence = refusal is not null ? ExchangeInput.DeclineAccepted : await OccurrenceAsync(challenge, input.Failure, cancellationToken);
        return await SealAsync(occurrence, challenge, refusal, cancellationToken);
    }

    /// <returns>What happened; null when nobody but the service is to blame.</returns>
    private async Task<ExchangeInput?> OccurrenceAsync(EvidenceToken challenge, WorkflowFailure failure, CancellationToken cancellationToken)
    {
        var stored = await services.Documents.FindAsync(challenge.Statement.Document.Id, cancellationToken);
        return failure.Error switch
        {
            _ when failure.Error == WorkflowErrors.DocumentAborted || stored?.Document.State != DocumentState.Deposited => ExchangeInput.UploaderAborted,
            WorkflowErrors.Timeout when services.Time.GetUtcNow() >= challenge.Statement.Due => ExchangeInput.DeadlinePassed,
            _ => null,
        };
    }

    private async Task<SealedEnding> SealAsync(
        ExchangeInput? occurrence, EvidenceToken challenge, EvidenceToken? refusal, CancellationToken cancellationToken)
    {
        var now = Timestamp.Truncate(services.Time.GetUtcNow());
        var id = EvidenceId.New(services.Randomness);
        var statement = (occurrence, refusal) switch
        {
            (ExchangeInput.DeclineAccepted, { } declined) => Statements.AbortByRefusal(id, declined, now),
            (ExchangeInput.UploaderAborted, _) => Statements.AbortOfExchange(id, challenge, now),
            (ExchangeInput.DeadlinePassed, _) => Statements.Expiry(id, challenge, now),
            _ => Statements.AbortOfExchange(id, challenge, now) with { Reason = ServiceFailure },
        };
        var state = ExchangeTransitions.Next(ExchangeState.AwaitingReceipt, occurrence ?? ExchangeInput.UploaderAborted) is ExchangeTransition.Moves moves
            ? moves.State
            : throw new InvalidOperationException($"Nothing moves by {occurrence}.");
        var record = await services.Seal.SealAsync(statement, cancellationToken);
        return new SealedEnding(state.ToString(), false, record.Text, refusal?.Text ?? "", Timestamp.Format(now));
    }
}

/// <summary>The workflow's JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(SealEndingInput))]
[JsonSerializable(typeof(SealedEnding))]
internal sealed partial class WorkflowJson : JsonSerializerContext;
