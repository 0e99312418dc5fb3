using Amazon.KeyManagementService;
using Amazon.Lambda.Core;
using Amazon.StepFunctions;

namespace FairShare.Functions.Metrics;

/// <summary>Puts the service's metrics into the log, from where CloudWatch takes them.</summary>
/// <param name="stage">The stage of the deployment, the metrics' one dimension.</param>
/// <param name="time">The clock.</param>
/// <param name="sink">Takes a line; null for the function's logger, which may put what it is given into JSON of its own.</param>
internal sealed class ServiceMetrics(Func<string> stage, TimeProvider time, Action<string>? sink)
{
    /// <summary>The namespace of the metrics.</summary>
    public const string Namespace = "FairShare";

    /// <summary>Their one dimension, but of those that releases go by.</summary>
    public const string Dimension = "Stage";

    /// <summary>Calls of the API that were answered 500: for Lambda they have succeeded, and its own metrics do not count them.</summary>
    public const string InternalErrors = "InternalErrors";

    /// <summary>The one dimension of <see cref="InternalErrors"/>: which function it was, as Lambda names it.</summary>
    public const string FunctionDimension = "FunctionName";

    /// <summary>Calls that KMS refused for their number, after the client's retries.</summary>
    public const string KeyThrottles = "KeyThrottles";

    /// <summary>Calls that Step Functions refused for their number, after the client's retries.</summary>
    public const string WorkflowThrottles = "WorkflowThrottles";

    /// <summary>Writes one line.</summary>
    public void Write(ILambdaContext context, params IReadOnlyList<MetricValue> values) => Write(context, time.GetUtcNow(), values);

    /// <summary>Writes one line about a time.</summary>
    public void Write(ILambdaContext context, DateTimeOffset at, IReadOnlyList<MetricValue> values) =>
        Write(context, (Dimension, stage()), at, values);

    /// <summary>Notes a call that is answered 500.</summary>
    public void NoteInternalError(ILambdaContext context) =>
        Write(context, (FunctionDimension, context.FunctionName), time.GetUtcNow(), [MetricValue.Count(InternalErrors, 1)]);

    /// <summary>Notes a call that a service refused for its number; other failures are none of this.</summary>
    /// <returns>False, so that a filter of exceptions can ask it and catch nothing.</returns>
    public bool NoteThrottle(ILambdaContext context, Exception failure)
    {
        if (TransientCodes.IsThrottle(failure) && MetricOf(failure) is { } metric)
        {
            Write(context, MetricValue.Count(metric, 1));
        }

        return false;
    }

    private void Write(
        ILambdaContext context,
        (string Name, string Value) dimension,
        DateTimeOffset at,
        IReadOnlyList<MetricValue> values
    ) => (sink ?? context.Logger.LogLine)(MetricLine.Write(Namespace, dimension, values, at));

    private static string? MetricOf(Exception failure) =>
        failure switch
        {
            AmazonKeyManagementServiceException => KeyThrottles,
            AmazonStepFunctionsException => WorkflowThrottles,
            _ => null,
        };
}
