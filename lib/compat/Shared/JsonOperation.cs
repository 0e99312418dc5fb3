using System.Text.Json;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;

namespace FairShare.Compat;

/// <summary>One operation of the AWS JSON protocol: how its request is written and its response read.</summary>
/// <param name="target">The operation as X-Amz-Target names it, for example <c>AWSStepFunctions.StartExecution</c>.</param>
/// <param name="version">The protocol's version, <c>1.0</c> or <c>1.1</c>.</param>
/// <param name="write">Writes the request's members.</param>
/// <param name="read">Reads the response's members.</param>
internal sealed class JsonOperation<TRequest, TResponse>(
    string target,
    string version,
    Action<Utf8JsonWriter, TRequest> write,
    Action<JsonElement, TResponse> read
) : IMarshaller<IRequest, AmazonWebServiceRequest>
    where TRequest : AmazonWebServiceRequest
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

        var request = new DefaultRequest(input, target)
        {
            HttpMethod = "POST",
            ResourcePath = "/",
            Content = buffer.ToArray(),
        };
        request.Headers["X-Amz-Target"] = target;
        request.Headers["Content-Type"] = "application/x-amz-json-" + version;
        return request;
    }
}
