using System.Text.Json.Nodes;
using TemplateHost.Kernel;
using TemplateHost.Kernel.JsonPaths;
using TemplateHost.StepFunctions.Execution;
using TemplateHost.StepFunctions.Model;

namespace TemplateHost.StepFunctions.Integrations;

/// <summary><c>sqs:sendMessage</c>: MessageBody may be JSON, and is then sent as its text.</summary>
internal static class SqsIntegration
{
    public static async Task<JsonNode?> CallAsync(ExecutionRun run, TaskAttempt attempt, CancellationToken cancellationToken)
    {
        var input = attempt.Parameters!.DeepClone().AsObject();
        if (input["MessageBody"] is JsonObject or JsonArray)
        {
            input["MessageBody"] = JsonText.Of(input["MessageBody"]);
        }

        try
        {
            var answer = await run.Host.Services.CallAsync(run.Caller, "sqs", "SendMessage", input, cancellationToken);
            return TaskIntegrations.WithMetadata(
                answer,
                attempt.RequestToken,
                "application/x-amz-json-1.0",
                System.Text.Encoding.UTF8.GetByteCount(answer.ToJsonString())
            );
        }
        catch (AwsException refusal)
        {
            throw TaskIntegrations.Failure("SQS.AmazonSQSException", "AmazonSQS", refusal, attempt.RequestToken);
        }
    }
}
