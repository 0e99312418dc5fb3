using Amazon.EventBridge.Model;

namespace Amazon.EventBridge;

/// <summary>The operations used here. Follows the API page of <c>Amazon.EventBridge.IAmazonEventBridge</c>.</summary>
public interface IAmazonEventBridge : IDisposable
{
    /// <summary>Puts up to ten events on their buses; entries fail one by one.</summary>
    Task<PutEventsResponse> PutEventsAsync(PutEventsRequest request, CancellationToken cancellationToken = default);
}
