namespace Amazon.Lambda.Core;

/// <summary>
/// What Lambda tells a handler of the invocation; the members used here. Follows the API page of <c>Amazon.Lambda.Core.ILambdaContext</c>.
/// </summary>
public interface ILambdaContext
{
    /// <summary>The id of this invocation.</summary>
    string AwsRequestId { get; }

    /// <summary>The name of the running function.</summary>
    string FunctionName { get; }

    /// <summary>The ARN by which the function was invoked.</summary>
    string InvokedFunctionArn { get; }

    /// <summary>Writes to the function's log.</summary>
    ILambdaLogger Logger { get; }

    /// <summary>Time left until Lambda ends the invocation.</summary>
    TimeSpan RemainingTime { get; }
}
