using System.Net;
using Amazon.Lambda.Model;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;
using Amazon.Runtime.Internal.Util;

namespace Amazon.Lambda.Internal;

/// <summary>The request of Invoke: <c>POST /2015-03-31/functions/{name}/invocations</c>, the payload as its body.</summary>
internal sealed class InvokeMarshaller : IMarshaller<IRequest, AmazonWebServiceRequest>
{
    public IRequest Marshall(AmazonWebServiceRequest input)
    {
        var invoke = (InvokeRequest)input;
        var request = new DefaultRequest(input, "Lambda.Invoke")
        {
            HttpMethod = "POST",
            ResourcePath = "/2015-03-31/functions/{FunctionName}/invocations",
            Content = invoke.PayloadStream?.ToArray() ?? [],
        };
        request.AddPathResource("{FunctionName}", invoke.FunctionName);
        request.Headers["X-Amz-Invocation-Type"] = "RequestResponse";
        request.Headers["Content-Type"] = "application/json";
        return request;
    }
}

/// <summary>The response of Invoke: the payload as its body, and a header that says that it is an exception's.</summary>
internal sealed class InvokeUnmarshaller(Func<ErrorResponse, Exception, HttpStatusCode, AmazonServiceException> describe)
    : JsonResponseUnmarshaller
{
    public override AmazonWebServiceResponse Unmarshall(JsonUnmarshallerContext input)
    {
        var payload = new MemoryStream();
        input.Stream.CopyTo(payload);
        payload.Position = 0;
        const string Header = "X-Amz-Function-Error";
        var error = input.ResponseData.IsHeaderPresent(Header) ? input.ResponseData.GetHeaderValue(Header) : null;
        return new InvokeResponse { Payload = payload, FunctionError = error };
    }

    public override AmazonServiceException UnmarshallException(
        JsonUnmarshallerContext input,
        Exception innerException,
        HttpStatusCode statusCode
    )
    {
        var reader = new StreamingUtf8JsonReader(input.Stream);
        return describe(JsonErrorResponseUnmarshaller.GetInstance().Unmarshall(input, ref reader), innerException, statusCode);
    }
}
