using Amazon.StepFunctions.Model;

namespace Amazon.StepFunctions;

/// <summary>The operations used here. Follows the API page of <c>Amazon.StepFunctions.IAmazonStepFunctions</c>.</summary>
public interface IAmazonStepFunctions : IDisposable
{
    /// <summary>Starts an execution; with a name and input that are running already, answers with that execution.</summary>
    Task<StartExecutionResponse> StartExecutionAsync(StartExecutionRequest request, CancellationToken cancellationToken = default);

    /// <summary>Completes a task that waits for its token.</summary>
    Task<SendTaskSuccessResponse> SendTaskSuccessAsync(SendTaskSuccessRequest request, CancellationToken cancellationToken = default);

    /// <summary>Fails a task that waits for its token.</summary>
    Task<SendTaskFailureResponse> SendTaskFailureAsync(SendTaskFailureRequest request, CancellationToken cancellationToken = default);
}
