using System.Net;
using System.Text.Json;
using Amazon.Runtime;
using Amazon.Runtime.Internal.Transform;
using Amazon.Runtime.Internal.Util;
using Amazon.StepFunctions.Model;

namespace Amazon.StepFunctions.Internal;

/// <summary>Reads a response, or the error that stands in its place.</summary>
internal sealed class StepFunctionsUnmarshaller<TResponse>(Action<JsonElement, TResponse> read) : JsonResponseUnmarshaller
    where TResponse : AmazonWebServiceResponse, new()
{
    public override AmazonWebServiceResponse Unmarshall(JsonUnmarshallerContext input)
    {
        var response = new TResponse();
        using var document = JsonDocument.Parse(input.Stream);
        read(document.RootElement, response);
        return response;
    }

    public override AmazonServiceException UnmarshallException(JsonUnmarshallerContext input, Exception innerException, HttpStatusCode statusCode)
    {
        var reader = new StreamingUtf8JsonReader(input.Stream);
        var error = JsonErrorResponseUnmarshaller.GetInstance().Unmarshall(input, ref reader);
        return error.Code switch
        {
            "ExecutionAlreadyExists" => new ExecutionAlreadyExistsException(error.Message, innerException, error.Type, error.Code, error.RequestId, statusCode),
            "TaskTimedOut" => new TaskTimedOutException(error.Message, innerException, error.Type, error.Code, error.RequestId, statusCode),
            "TaskDoesNotExist" => new TaskDoesNotExistException(error.Message, innerException, error.Type, error.Code, error.RequestId, statusCode),
            _ => new AmazonStepFunctionsException(error.Message, innerException, error.Type, error.Code, error.RequestId, statusCode),
        };
    }
}
