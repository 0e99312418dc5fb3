using System.Text;
using System.Text.Json;
using Amazon.Lambda.APIGatewayEvents;
using FairShare.Aws.Events;
using FairShare.Contracts;
using FairShare.Contracts.Http;
using FairShare.Core.Errors;
using FairShare.Core.Identifiers;
using FairShare.Functions.Hosting;
using FairShare.Functions.Http;

namespace FairShare.Functions.Queue;

/// <summary>
/// Runs each step of the envelope by the function that the API has for it, and answers on the party's queue. It has no rights of its own to
/// evidence.
/// </summary>
internal sealed class ProtocolSteps(FunctionServices services)
{
    /// <summary>Runs one message of a bound sender. A redelivery has the same message id, and changes nothing more.</summary>
    /// <exception cref="FunctionFailedException">The step failed, or the service is busy; a repeat may succeed.</exception>
    public async Task RunAsync(ProtocolEnvelope envelope, string messageId, CancellationToken cancellationToken)
    {
        if (QueueStep.Find(envelope.ProtocolStep) is not { } step)
        {
            var unknown = new StepRefusal(CommonProblems.InvalidRequest.Code, "protocolStep is 1, 3, 4, 6, a or bind.");
            await SendToBothAsync(envelope.Party, QueueReply.Refusal(envelope, messageId, unknown), cancellationToken);
            return;
        }

        if (await AnswerAsync(step, envelope, messageId, cancellationToken) is { } reply)
        {
            await SendAsync(step.Queue, envelope.Party, reply, cancellationToken);
        }
    }

    /// <summary>Binds the sender to the party that was given the nonce.</summary>
    /// <exception cref="ProtocolException">The message binds nobody.</exception>
    public async Task BindAsync(ProtocolEnvelope envelope, QueueSender sender, CancellationToken cancellationToken)
    {
        var message = StrictJson.Read(Encoding.UTF8.GetBytes(envelope.Message.GetRawText()), QueueJson.Default.BindMessage);
        var now = services.Time.GetUtcNow();
        if (
            await services.Senders.TryBindAsync(sender.Key, sender.IsShared, Nonce.Parse(message.Nonce), now, cancellationToken)
            is not { } party
        )
        {
            throw CommonProblems.WrongNonce.With(
                "The nonce was not given for the binding of a sender, is used, or has expired; or the sender's role is another party's."
            );
        }

        await SendToBothAsync(party, new QueueReply(QueueStep.Bind, json => json.WriteString("senderId", sender.Id)), cancellationToken);
    }

    /// <summary>Answers what belongs to no step: the sender may listen on either queue.</summary>
    public async Task SendToBothAsync(PartyId party, QueueReply reply, CancellationToken cancellationToken)
    {
        await SendAsync(PartyQueue.Uploaders, party, reply, cancellationToken);
        await SendAsync(PartyQueue.Downloaders, party, reply, cancellationToken);
    }

    private async Task<QueueReply?> AnswerAsync(
        QueueStep step,
        ProtocolEnvelope envelope,
        string messageId,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var request = StepRequest.Of(step, envelope, messageId, services.Settings);
            var answer = await InvokeAsync(step, request, cancellationToken);
            return answer.StatusCode < 400
                ? step.Reply is { } reply
                    ? QueueReply.Of(reply, answer.Body ?? "{}")
                    : null
                : QueueReply.Refusal(step, envelope, messageId, RefusalOf(answer));
        }
        catch (ProtocolException refused)
        {
            return QueueReply.Refusal(step, envelope, messageId, new StepRefusal(refused.Code, refused.Message));
        }
    }

    private async Task<APIGatewayHttpApiV2ProxyResponse> InvokeAsync(QueueStep step, byte[] request, CancellationToken cancellationToken)
    {
        var function = services.Settings.StepFunction(step.Handler);
        var payload = await services.Calls.InvokeAsync(function, request, cancellationToken);
        var answer = JsonSerializer.Deserialize(payload.Span, EventJson.Default.APIGatewayHttpApiV2ProxyResponse);
        return answer is { StatusCode: < 500 } ? answer : throw new FunctionFailedException(function);
    }

    private static StepRefusal RefusalOf(APIGatewayHttpApiV2ProxyResponse answer)
    {
        var problem =
            JsonSerializer.Deserialize(answer.Body ?? "", ContractJson.Strict.TypeOf<ProblemDetails>())
            ?? throw new InvalidOperationException("The step refused without a problem.");
        return new StepRefusal(problem.Code, problem.Detail);
    }

    private Task SendAsync(PartyQueue queue, PartyId party, QueueReply reply, CancellationToken cancellationToken) =>
        services.Messages.SendAsync(queue, reply.Step, party, reply.WriteMessage, cancellationToken);
}
