using System.Net;
using System.Text.Json;
using Amazon.EventBridge.Model;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using FairShare.Compat;

namespace Amazon.EventBridge;

/// <summary>
/// A thin client over AWSSDK.Core: signing, retries, endpoints and HTTP are the SDK's own. Follows the API page of
/// <c>Amazon.EventBridge.AmazonEventBridgeClient</c>.
/// </summary>
public class AmazonEventBridgeClient(AWSCredentials credentials, AmazonEventBridgeConfig clientConfig)
    : AmazonServiceClient(credentials, clientConfig),
        IAmazonEventBridge
{
    private static readonly JsonOperation<PutEventsRequest, PutEventsResponse> PutEvents = new(
        "AWSEvents.PutEvents",
        "1.1",
        WriteEntries,
        (json, response) => response.FailedEntryCount = json.GetProperty("FailedEntryCount").GetInt32()
    );

    /// <inheritdoc/>
    public Task<PutEventsResponse> PutEventsAsync(PutEventsRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<PutEventsResponse>(
            request,
            new InvokeOptions
            {
                RequestMarshaller = PutEvents,
                ResponseUnmarshaller = new JsonUnmarshaller<PutEventsResponse>(PutEvents.Read, Describe),
            },
            cancellationToken
        );

    /// <inheritdoc/>
    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline) => Pipeline.Complete(pipeline);

    private static void WriteEntries(Utf8JsonWriter json, PutEventsRequest request)
    {
        json.WriteStartArray("Entries");
        foreach (var entry in request.Entries)
        {
            json.WriteStartObject();
            json.WriteString("EventBusName", entry.EventBusName);
            json.WriteString("Source", entry.Source);
            json.WriteString("DetailType", entry.DetailType);
            json.WriteString("Detail", entry.Detail);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static AmazonEventBridgeException Describe(ErrorResponse error, Exception inner, HttpStatusCode status) =>
        new AmazonEventBridgeException(error.Message, inner, error.Type, error.Code, error.RequestId, status);
}
