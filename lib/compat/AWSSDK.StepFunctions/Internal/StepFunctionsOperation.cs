using System.Text.Json;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;
using Amazon.StepFunctions.Model;

namespace Amazon.StepFunctions.Internal;

/// <summary>One operation of the AWS JSON 1.0 protocol: how its request is written and its response read.</summary>
internal sealed class StepFunctionsOperation<TRequest, TResponse>(
    string name, Action<Utf8JsonWriter, TRequest> write, Action<JsonElement, TResponse> read)
    : IMarshaller<IRequest, AmazonWebServiceRequest>
    where TRequest : AmazonStepFunctionsRequest
{
    public Action<JsonElement, TResponse> Read { get; } = read;

    public IRequest Marshall(AmazonWebServiceRequest input)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            write(json, (TRequest)input);
            json.WriteEndObject();
        }

        var request = new DefaultRequest(input, "Amazon.StepFunctions") { HttpMethod = "POST", ResourcePath = "/", Content = buffer.ToArray() };
        request.Headers["X-Amz-Target"] = "AWSStepFunctions." + name;
        request.Headers["Content-Type"] = "application/x-amz-json-1.0";
        return request;
    }
}
