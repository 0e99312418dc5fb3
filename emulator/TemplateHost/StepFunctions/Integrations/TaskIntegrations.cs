using System.Text.Json.Nodes;
using TemplateHost.Kernel;
using TemplateHost.StepFunctions.Execution;
using TemplateHost.StepFunctions.Language;
using TemplateHost.StepFunctions.Model;

namespace TemplateHost.StepFunctions.Integrations;

/// <summary>The services that tasks call, each in the name of the state machine's role.</summary>
internal static class TaskIntegrations
{
    /// <exception cref="StateFailedException">The service refused, under the error name that Step Functions gives it.</exception>
    public static Task<JsonNode?> Call(ExecutionRun run, TaskResource resource, TaskAttempt attempt, CancellationToken cancellationToken)
    {
        if (attempt.Parameters is not JsonObject && resource.Type != "lambda")
        {
            throw StateFailedException.Runtime("The parameters of a service integration must be an object.");
        }

        return resource.Type switch
        {
            "lambda" => LambdaIntegration.CallAsync(run, resource, attempt, cancellationToken),
            "events" => EventBridgeIntegration.CallAsync(run, attempt, cancellationToken),
            "sqs" => SqsIntegration.CallAsync(run, attempt, cancellationToken),
            _ => SdkIntegration.CallAsync(run, resource, attempt, cancellationToken),
        };
    }

    /// <summary>What optimised integrations add to a service's answer.</summary>
    public static JsonObject WithMetadata(JsonObject answer, string requestId)
    {
        answer["SdkHttpMetadata"] = new JsonObject { ["HttpStatusCode"] = 200 };
        answer["SdkResponseMetadata"] = new JsonObject { ["RequestId"] = requestId };
        return answer;
    }

    /// <summary>A refusal as the AWS SDK for Java words it, which is what Step Functions shows as the cause.</summary>
    public static StateFailedException Failure(string error, string service, AwsException refusal, string requestId) =>
        new(error, $"{refusal.Message} (Service: {service}, Status Code: {refusal.Status}, Request ID: {requestId})");
}
