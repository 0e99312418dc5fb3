using System.Text.Json;
using System.Text.Json.Nodes;
using TemplateHost.Kernel;
using TemplateHost.Kernel.JsonPaths;
using TemplateHost.StepFunctions.Execution;
using TemplateHost.StepFunctions.Language;
using TemplateHost.StepFunctions.Model;

namespace TemplateHost.StepFunctions.Integrations;

/// <summary><c>lambda:invoke</c>, and a function's own ARN as a resource. A function's error is named by its exception's type.</summary>
internal static class LambdaIntegration
{
    public static async Task<JsonNode?> CallAsync(
        ExecutionRun run,
        TaskResource resource,
        TaskAttempt attempt,
        CancellationToken cancellationToken
    )
    {
        var direct = resource.Action != "invoke";
        var parameters = direct
            ? new JsonObject { ["FunctionName"] = resource.Action, ["Payload"] = attempt.Parameters?.DeepClone() }
            : attempt.Parameters as JsonObject;
        var input = new JsonObject
        {
            ["FunctionName"] = parameters?["FunctionName"]?.DeepClone(),
            ["InvocationType"] = parameters?["InvocationType"]?.DeepClone() ?? "RequestResponse",
            ["Payload"] = PayloadText(parameters),
        };
        var answer = await InvokeAsync(run, input, attempt, cancellationToken);
        var payload = Parse(answer["Payload"]?.GetValue<string>());
        if (answer["FunctionError"] is not null)
        {
            throw FunctionFailed(payload);
        }

        return direct ? payload : Answer(answer, payload, attempt.RequestToken);
    }

    private static async Task<JsonObject> InvokeAsync(
        ExecutionRun run,
        JsonObject input,
        TaskAttempt attempt,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await run.Host.Services.CallAsync(run.Caller, "lambda", "Invoke", input, cancellationToken);
        }
        catch (AwsException refusal)
        {
            var error =
                refusal.Code.EndsWith("Exception", StringComparison.Ordinal) && refusal.Code != "AccessDeniedException"
                    ? "Lambda." + refusal.Code
                    : "Lambda.AWSLambdaException";
            throw TaskIntegrations.Failure(error, "Lambda", refusal, attempt.RequestToken);
        }
    }

    private static JsonObject Answer(JsonObject answer, JsonNode? payload, string requestId) =>
        TaskIntegrations.WithMetadata(
            new JsonObject
            {
                ["ExecutedVersion"] = "$LATEST",
                ["Payload"] = payload,
                ["StatusCode"] = answer["StatusCode"]?.DeepClone() ?? 200,
            },
            requestId,
            "application/json",
            System.Text.Encoding.UTF8.GetByteCount(answer["Payload"]?.GetValue<string>() ?? "")
        );

    private static StateFailedException FunctionFailed(JsonNode? payload) =>
        new((payload as JsonObject)?["errorType"]?.ToString() ?? "Lambda.Unknown", JsonText.Of(payload));

    private static JsonNode? PayloadText(JsonObject? parameters) =>
        parameters is not null && parameters.TryGetPropertyValue("Payload", out var payload) ? JsonText.Of(payload) : null;

    private static JsonNode? Parse(string? text)
    {
        try
        {
            return string.IsNullOrEmpty(text) ? null : JsonText.Parse(text);
        }
        catch (JsonException)
        {
            return text;
        }
    }
}
