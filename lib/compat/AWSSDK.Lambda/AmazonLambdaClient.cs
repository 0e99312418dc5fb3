using System.Net;
using Amazon.Lambda.Internal;
using Amazon.Lambda.Model;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using FairShare.Compat;

namespace Amazon.Lambda;

/// <summary>
/// A thin client over AWSSDK.Core: signing, retries, endpoints and HTTP are the SDK's own. Follows the API page of
/// <c>Amazon.Lambda.AmazonLambdaClient</c>.
/// </summary>
public class AmazonLambdaClient(AWSCredentials credentials, AmazonLambdaConfig clientConfig)
    : AmazonServiceClient(credentials, clientConfig),
        IAmazonLambda
{
    /// <inheritdoc/>
    public Task<InvokeResponse> InvokeAsync(InvokeRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<InvokeResponse>(
            request,
            new InvokeOptions { RequestMarshaller = new InvokeMarshaller(), ResponseUnmarshaller = new InvokeUnmarshaller(Describe) },
            cancellationToken
        );

    /// <inheritdoc/>
    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline) => Pipeline.Complete(pipeline);

    private static AmazonLambdaException Describe(ErrorResponse error, Exception inner, HttpStatusCode status) =>
        new AmazonLambdaException(error.Message, inner, error.Type, error.Code, error.RequestId, status);
}
