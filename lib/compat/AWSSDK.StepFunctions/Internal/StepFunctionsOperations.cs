using System.Text.Json;
using Amazon.StepFunctions.Model;
using FairShare.Compat;

namespace Amazon.StepFunctions.Internal;

/// <summary>The wire forms of the operations. Follows the Step Functions API reference.</summary>
internal static class StepFunctionsOperations
{
    public static JsonOperation<StartExecutionRequest, StartExecutionResponse> StartExecution { get; } =
        new(
            "AWSStepFunctions.StartExecution",
            "1.0",
            (json, request) =>
            {
                Write(json, "stateMachineArn", request.StateMachineArn);
                Write(json, "name", request.Name);
                Write(json, "input", request.Input);
            },
            (json, response) => response.ExecutionArn = json.GetProperty("executionArn").GetString()
        );

    public static JsonOperation<SendTaskSuccessRequest, SendTaskSuccessResponse> SendTaskSuccess { get; } =
        new(
            "AWSStepFunctions.SendTaskSuccess",
            "1.0",
            (json, request) =>
            {
                Write(json, "taskToken", request.TaskToken);
                Write(json, "output", request.Output);
            },
            (_, _) => { }
        );

    public static JsonOperation<SendTaskFailureRequest, SendTaskFailureResponse> SendTaskFailure { get; } =
        new(
            "AWSStepFunctions.SendTaskFailure",
            "1.0",
            (json, request) =>
            {
                Write(json, "taskToken", request.TaskToken);
                Write(json, "error", request.Error);
                Write(json, "cause", request.Cause);
            },
            (_, _) => { }
        );

    private static void Write(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }
}
