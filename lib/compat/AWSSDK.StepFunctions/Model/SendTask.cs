using Amazon.Runtime;

namespace Amazon.StepFunctions.Model;

/// <summary>Parameters of SendTaskSuccess. Follows the API page of <c>SendTaskSuccessRequest</c>.</summary>
public class SendTaskSuccessRequest : AmazonStepFunctionsRequest
{
    /// <summary>The token of the waiting task.</summary>
    public string? TaskToken { get; set; }

    /// <summary>The task's output as JSON, at most 256 KiB.</summary>
    public string? Output { get; set; }
}

/// <summary>Answer of SendTaskSuccess. Follows the API page of <c>SendTaskSuccessResponse</c>.</summary>
public class SendTaskSuccessResponse : AmazonWebServiceResponse;

/// <summary>Parameters of SendTaskFailure. Follows the API page of <c>SendTaskFailureRequest</c>.</summary>
public class SendTaskFailureRequest : AmazonStepFunctionsRequest
{
    /// <summary>The token of the waiting task.</summary>
    public string? TaskToken { get; set; }

    /// <summary>The error name that Retry and Catch match.</summary>
    public string? Error { get; set; }

    /// <summary>More about the error, at most 32,768 characters.</summary>
    public string? Cause { get; set; }
}

/// <summary>Answer of SendTaskFailure. Follows the API page of <c>SendTaskFailureResponse</c>.</summary>
public class SendTaskFailureResponse : AmazonWebServiceResponse;
