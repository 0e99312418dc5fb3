using TemplateHost.Kernel;

namespace TemplateHost.Gateway.Faults;

/// <summary>
/// What services put to CloudWatch of calls that they throttle. Step Functions says it by the operation
/// (https://docs.aws.amazon.com/step-functions/latest/dg/procedure-cw-metrics.html); of the others nothing is told that names no resource.
/// </summary>
internal static class ThrottleMetrics
{
    public static Measurement? Of(CallPoint call, DateTimeOffset at) =>
        call.Service == "states"
            ? new("AWS/States", "ThrottledEvents", new Dictionary<string, string> { ["APIName"] = call.Operation }, 1, "Count", at)
            : null;
}
