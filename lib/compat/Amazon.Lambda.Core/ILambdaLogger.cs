namespace Amazon.Lambda.Core;

/// <summary>The function's log; the members used here. Follows the API page of <c>Amazon.Lambda.Core.ILambdaLogger</c>.</summary>
public interface ILambdaLogger
{
    /// <summary>Logs a message and ends the line.</summary>
    void LogLine(string message);
}
