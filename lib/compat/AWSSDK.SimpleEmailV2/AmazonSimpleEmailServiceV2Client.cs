using System.Net;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.SimpleEmailV2.Internal;
using Amazon.SimpleEmailV2.Model;
using FairShare.Compat;

namespace Amazon.SimpleEmailV2;

/// <summary>
/// A thin client over AWSSDK.Core: signing, retries, endpoints and HTTP are the SDK's own. Follows the API page of
/// <c>Amazon.SimpleEmailV2.AmazonSimpleEmailServiceV2Client</c>.
/// </summary>
public class AmazonSimpleEmailServiceV2Client(AWSCredentials credentials, AmazonSimpleEmailServiceV2Config clientConfig)
    : AmazonServiceClient(credentials, clientConfig),
        IAmazonSimpleEmailServiceV2
{
    /// <inheritdoc/>
    public Task<SendEmailResponse> SendEmailAsync(SendEmailRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<SendEmailResponse>(
            request,
            new InvokeOptions
            {
                RequestMarshaller = new SendEmailMarshaller(),
                ResponseUnmarshaller = new JsonUnmarshaller<SendEmailResponse>(SendEmailMarshaller.Read, Describe),
            },
            cancellationToken
        );

    /// <inheritdoc/>
    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline) => Pipeline.Complete(pipeline);

    private static AmazonSimpleEmailServiceV2Exception Describe(ErrorResponse error, Exception inner, HttpStatusCode status) =>
        new(error.Message, inner, error.Type, error.Code, error.RequestId, status);
}
