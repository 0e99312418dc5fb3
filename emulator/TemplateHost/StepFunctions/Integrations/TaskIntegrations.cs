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

    /// <summary>What <c>lambda:invoke</c> and <c>sqs:sendMessage</c> add to the service's answer: how it came over HTTP.</summary>
    /// <param name="answer">The service's answer.</param>
    /// <param name="requestId">The request's id.</param>
    /// <param name="contentType">Of the answer's body.</param>
    /// <param name="length">The length of the answer's body.</param>
    public static JsonObject WithMetadata(JsonObject answer, string requestId, string contentType, int length)
    {
        var headers = new Dictionary<string, string>
        {
            ["connection"] = "keep-alive",
            ["Content-Length"] = length.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["Content-Type"] = contentType,
            ["x-amzn-RequestId"] = requestId,
        };
        answer["SdkHttpMetadata"] = new JsonObject
        {
            ["AllHttpHeaders"] = new JsonObject(
                headers.Select(header => KeyValuePair.Create(header.Key, (JsonNode?)new JsonArray(header.Value)))
            ),
            ["HttpHeaders"] = new JsonObject(headers.Select(header => KeyValuePair.Create(header.Key, (JsonNode?)header.Value))),
            ["HttpStatusCode"] = 200,
        };
        answer["SdkResponseMetadata"] = new JsonObject { ["RequestId"] = requestId };
        return answer;
    }

    /// <summary>A refusal as the AWS SDK for Java words it, which is what Step Functions shows as the cause.</summary>
    public static StateFailedException Failure(string error, string service, AwsException refusal, string requestId) =>
        new(error, $"{refusal.Message} (Service: {service}, Status Code: {refusal.Status}, Request ID: {requestId})");
}
