using Amazon.Runtime;

namespace Amazon.StepFunctions.Model;

/// <summary>Parameters of StartExecution. Follows the API page of <c>StartExecutionRequest</c>.</summary>
public class StartExecutionRequest : AmazonStepFunctionsRequest
{
    /// <summary>The execution's name, 1 to 80 characters; unique for the state machine for 90 days.</summary>
    public string? Name { get; set; }

    /// <summary>The state machine's ARN.</summary>
    public string? StateMachineArn { get; set; }

    /// <summary>The execution's input as JSON, at most 256 KiB.</summary>
    public string? Input { get; set; }
}

/// <summary>Answer of StartExecution. Follows the API page of <c>StartExecutionResponse</c>.</summary>
public class StartExecutionResponse : AmazonWebServiceResponse
{
    /// <summary>The execution's ARN.</summary>
    public string? ExecutionArn { get; set; }
}
