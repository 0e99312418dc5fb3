using System.Text.Json.Nodes;
using TemplateHost.Kernel.JsonPaths;
using TemplateHost.StepFunctions.Language;
using TemplateHost.StepFunctions.Model;
using TemplateHost.StepFunctions.Storage;

namespace TemplateHost.StepFunctions.Execution;

/// <summary>
/// A task that waits for its token. The token is open from before the call on; one that was settled wins over whatever
/// the call ends in, because its sender has been told that it was accepted.
/// </summary>
internal sealed class TokenTask(TaskTokens tokens, Branch branch, TaskResource resource, TaskEvents events)
{
    private string Token => branch.Cursor.Task!.Token!;

    public async Task<JsonNode?> RunAsync(CancellationToken cancellationToken)
    {
        if (branch.Cursor.Phase == Phase.Scheduled)
        {
            await SubmitAsync(cancellationToken);
        }

        return Outcome(await tokens.WaitAsync(Token, cancellationToken));
    }

    private async Task SubmitAsync(CancellationToken cancellationToken)
    {
        // After a restart the call may have been made, and its token used, already.
        if (tokens.Find(Token).Status != TokenStatus.Open)
        {
            return;
        }

        try
        {
            events.Submitted(await new ServiceCall(branch, resource).RunAsync(cancellationToken));
            branch.Cursor.Phase = Phase.Submitted;
            await branch.CommitAsync();
        }
        catch (StateFailedException failure)
        {
            if ((await tokens.CloseAsync(Token)).Status is TokenStatus.Closed)
            {
                throw new StateFailedException(failure.Error, failure.Cause);
            }
        }
    }

    private static JsonNode? Outcome(TaskToken token) =>
        token.Status switch
        {
            TokenStatus.Succeeded => JsonText.Parse(token.Output!),
            TokenStatus.Failed => throw new StateFailedException(token.Error ?? "", token.Cause),
            _ => throw new StateFailedException(ErrorNames.Timeout, null),
        };
}
