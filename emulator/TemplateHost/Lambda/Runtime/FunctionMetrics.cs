using TemplateHost.Kernel;

namespace TemplateHost.Lambda.Runtime;

/// <summary>What Lambda puts to CloudWatch of one invocation: by the function, and by the alias that it was invoked by.</summary>
internal sealed class FunctionMetrics(HostContext host, InvocationTarget target)
{
    private const string Space = "AWS/Lambda";
    private readonly long started = host.Time.GetTimestamp();

    public void Ended(bool failed)
    {
        foreach (var dimensions in Dimensions())
        {
            host.Measure(Space, "Invocations", 1, "Count", dimensions);
            host.Measure(Space, "Errors", failed ? 1 : 0, "Count", dimensions);
            host.Measure(Space, "Throttles", 0, "Count", dimensions);
            host.Measure(Space, "Duration", host.Time.GetElapsedTime(started).TotalMilliseconds, "Milliseconds", dimensions);
        }
    }

    public void Throttled()
    {
        foreach (var dimensions in Dimensions())
        {
            host.Measure(Space, "Throttles", 1, "Count", dimensions);
        }
    }

    private IEnumerable<(string, string)[]> Dimensions()
    {
        if (host.Measured is null)
        {
            yield break;
        }

        var name = ("FunctionName", target.Function.Name);
        yield return [name];
        if (target.Alias is { } alias)
        {
            yield return [name, ("Resource", $"{target.Function.Name}:{alias}")];
        }
    }
}
