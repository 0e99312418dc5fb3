using Amazon.Runtime;

namespace Amazon.Lambda.Model;

/// <summary>Base of all requests to the service.</summary>
public class AmazonLambdaRequest : AmazonWebServiceRequest;

/// <summary>Parameters of Invoke; it waits for the answer. Follows the API page of <c>InvokeRequest</c>.</summary>
public class InvokeRequest : AmazonLambdaRequest
{
    /// <summary>The function's name or ARN.</summary>
    public string? FunctionName { get; set; }

    /// <summary>The event as JSON, up to 6 MB.</summary>
    public MemoryStream? PayloadStream { get; set; }
}

/// <summary>Answer of Invoke. Follows the API page of <c>InvokeResponse</c>.</summary>
public class InvokeResponse : AmazonWebServiceResponse
{
    /// <summary>Set when the function failed; the payload then describes its exception.</summary>
    public string? FunctionError { get; set; }

    /// <summary>What the function answered.</summary>
    public MemoryStream? Payload { get; set; }
}
