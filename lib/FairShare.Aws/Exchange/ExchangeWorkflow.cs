using System.Text;
using System.Text.Json;
using Amazon.StepFunctions;
using Amazon.StepFunctions.Model;
using FairShare.Core.Identifiers;

namespace FairShare.Aws.Exchange;

/// <summary>The state machine that owns every exchange's ending; one execution an exchange, named by the exchange's id.</summary>
/// <param name="client">The Step Functions client, with the function's own role.</param>
/// <param name="stateMachineArn">The state machine's ARN; empty in functions that only end waits.</param>
public sealed class ExchangeWorkflow(IAmazonStepFunctions client, string stateMachineArn)
{
    /// <summary>Starts an exchange; once accepted, it will end.</summary>
    /// <returns>False when an exchange of this id was started before, under another challenge.</returns>
    public async Task<bool> TryStartAsync(ExchangeStart start, CancellationToken cancellationToken)
    {
        try
        {
            var request = new StartExecutionRequest
            {
                StateMachineArn = stateMachineArn,
                Name = start.Exchange.ToString(),
                Input = Json(json => Write(json, start)),
            };
            await client.StartExecutionAsync(request, cancellationToken);
            return true;
        }
        catch (ExecutionAlreadyExistsException)
        {
            return false;
        }
    }

    /// <summary>Hands a receipt to the exchange's wait.</summary>
    /// <returns>False when the wait has ended otherwise.</returns>
    public Task<bool> TryCompleteAsync(string taskToken, ReceiptAcceptance acceptance, CancellationToken cancellationToken) =>
        TrySignalAsync(() =>
            client.SendTaskSuccessAsync(
                new SendTaskSuccessRequest { TaskToken = taskToken, Output = Json(json => Write(json, acceptance)) },
                cancellationToken
            )
        );

    /// <summary>Ends the exchange's wait with a refusal of the downloader.</summary>
    /// <returns>False when the wait has ended otherwise.</returns>
    public Task<bool> TryDeclineAsync(string taskToken, AcceptedRefusal refusal, CancellationToken cancellationToken) =>
        TryFailAsync(taskToken, WorkflowErrors.ReceiptDeclined, refusal.ToCause(), cancellationToken);

    /// <summary>Ends the exchange's wait because the uploader aborted the document.</summary>
    /// <returns>False when the wait has ended otherwise.</returns>
    public Task<bool> TryAbortAsync(string taskToken, CancellationToken cancellationToken) =>
        TryFailAsync(taskToken, WorkflowErrors.DocumentAborted, "The uploader aborted the document.", cancellationToken);

    private Task<bool> TryFailAsync(string taskToken, string error, string cause, CancellationToken cancellationToken) =>
        TrySignalAsync(() =>
            client.SendTaskFailureAsync(
                new SendTaskFailureRequest
                {
                    TaskToken = taskToken,
                    Error = error,
                    Cause = cause,
                },
                cancellationToken
            )
        );

    private static async Task<bool> TrySignalAsync(Func<Task> signal)
    {
        try
        {
            await signal();
            return true;
        }
        catch (TaskTimedOutException)
        {
            return false;
        }
        catch (TaskDoesNotExistException)
        {
            return false;
        }
    }

    private static void Write(Utf8JsonWriter json, ExchangeStart start)
    {
        var statement = start.Challenge.Statement;
        json.WriteString("exchangeId", start.Exchange.ToString());
        json.WriteString("documentId", statement.Document.Id.ToString());
        json.WriteString("uploader", statement.Origin.ToString());
        json.WriteString("downloader", statement.Recipients[0].ToString());
        json.WriteString("challenge", start.Challenge.Text);
        json.WriteString("openedAt", Time(statement.Gen));
        json.WriteString("gate", DocumentGates.Of(start.Exchange));
        json.WriteNumber("timeoutSeconds", (long)Math.Ceiling(start.Wait.TotalSeconds));
    }

    private static void Write(Utf8JsonWriter json, ReceiptAcceptance acceptance)
    {
        json.WriteString("nrr", acceptance.Receipt.Text);
        json.WriteString("release", acceptance.Release.Text);
        json.WriteString("nro", acceptance.Origin.Text);
        // The stable path: the message may lie in its queue for days, and a URL would not last.
        json.WriteString("filePath", DocumentBucket.ObjectKeyOf(acceptance.Receipt.Statement.Document.Id));
        json.WriteString("acceptedAt", Time(acceptance.Release.Statement.Gen));
    }

    private static string Time(DateTimeOffset? time) =>
        Timestamp.Format(time ?? throw new InvalidOperationException("Issued evidence has its times."));

    internal static string Json(Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }
}
