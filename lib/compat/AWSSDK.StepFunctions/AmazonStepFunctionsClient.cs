using System.Net;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.StepFunctions.Internal;
using Amazon.StepFunctions.Model;
using FairShare.Compat;

namespace Amazon.StepFunctions;

/// <summary>
/// A thin client over AWSSDK.Core: signing, retries, endpoints and HTTP are the SDK's own. Follows the API page of
/// <c>Amazon.StepFunctions.AmazonStepFunctionsClient</c>.
/// </summary>
public class AmazonStepFunctionsClient(AWSCredentials credentials, AmazonStepFunctionsConfig clientConfig)
    : AmazonServiceClient(credentials, clientConfig),
        IAmazonStepFunctions
{
    /// <inheritdoc/>
    public Task<StartExecutionResponse> StartExecutionAsync(StartExecutionRequest request, CancellationToken cancellationToken = default) =>
        CallAsync(StepFunctionsOperations.StartExecution, request, cancellationToken);

    /// <inheritdoc/>
    public Task<SendTaskSuccessResponse> SendTaskSuccessAsync(
        SendTaskSuccessRequest request,
        CancellationToken cancellationToken = default
    ) => CallAsync(StepFunctionsOperations.SendTaskSuccess, request, cancellationToken);

    /// <inheritdoc/>
    public Task<SendTaskFailureResponse> SendTaskFailureAsync(
        SendTaskFailureRequest request,
        CancellationToken cancellationToken = default
    ) => CallAsync(StepFunctionsOperations.SendTaskFailure, request, cancellationToken);

    /// <inheritdoc/>
    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline) => Pipeline.Complete(pipeline);

    private Task<TResponse> CallAsync<TRequest, TResponse>(
        JsonOperation<TRequest, TResponse> operation,
        TRequest request,
        CancellationToken cancellationToken
    )
        where TRequest : AmazonStepFunctionsRequest
        where TResponse : AmazonWebServiceResponse, new() =>
        InvokeAsync<TResponse>(
            request,
            new InvokeOptions
            {
                RequestMarshaller = operation,
                ResponseUnmarshaller = new JsonUnmarshaller<TResponse>(operation.Read, Describe),
            },
            cancellationToken
        );

    private static AmazonStepFunctionsException Describe(ErrorResponse error, Exception inner, HttpStatusCode status) =>
        error.Code switch
        {
            "ExecutionAlreadyExists" => new ExecutionAlreadyExistsException(
                error.Message,
                inner,
                error.Type,
                error.Code,
                error.RequestId,
                status
            ),
            "TaskTimedOut" => new TaskTimedOutException(error.Message, inner, error.Type, error.Code, error.RequestId, status),
            "TaskDoesNotExist" => new TaskDoesNotExistException(error.Message, inner, error.Type, error.Code, error.RequestId, status),
            _ => new AmazonStepFunctionsException(error.Message, inner, error.Type, error.Code, error.RequestId, status),
        };
}
