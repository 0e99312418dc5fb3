using Amazon.Runtime;

namespace Amazon.EventBridge.Model;

/// <summary>Base of all requests to the service.</summary>
public class AmazonEventBridgeRequest : AmazonWebServiceRequest;

/// <summary>Parameters of PutEvents. Follows the API page of <c>PutEventsRequest</c>.</summary>
public class PutEventsRequest : AmazonEventBridgeRequest
{
    /// <summary>One to ten events, 256 KB in all.</summary>
    public List<PutEventsRequestEntry> Entries { get; set; } = [];
}

/// <summary>One event. Follows the API page of <c>PutEventsRequestEntry</c>.</summary>
public class PutEventsRequestEntry
{
    /// <summary>The bus's name or ARN.</summary>
    public string? EventBusName { get; set; }

    /// <summary>Who sends the event.</summary>
    public string? Source { get; set; }

    /// <summary>What kind of event it is.</summary>
    public string? DetailType { get; set; }

    /// <summary>The event as a JSON object.</summary>
    public string? Detail { get; set; }
}

/// <summary>Answer of PutEvents. Follows the API page of <c>PutEventsResponse</c>.</summary>
public class PutEventsResponse : AmazonWebServiceResponse
{
    /// <summary>How many entries failed.</summary>
    public int? FailedEntryCount { get; set; }
}
