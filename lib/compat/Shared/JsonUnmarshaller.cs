using System.Net;
using System.Text.Json;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;
using Amazon.Runtime.Internal.Util;

namespace FairShare.Compat;

/// <summary>Reads a response, or the error that stands in its place.</summary>
internal sealed class JsonUnmarshaller<TResponse>(
    Action<JsonElement, TResponse> read,
    Func<ErrorResponse, Exception, HttpStatusCode, AmazonServiceException> describe
) : JsonResponseUnmarshaller
    where TResponse : AmazonWebServiceResponse, new()
{
    public override AmazonWebServiceResponse Unmarshall(JsonUnmarshallerContext input)
    {
        var response = new TResponse();
        using var document = JsonDocument.Parse(input.Stream);
        read(document.RootElement, response);
        return response;
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
