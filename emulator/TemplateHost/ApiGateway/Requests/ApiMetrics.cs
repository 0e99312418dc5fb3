using TemplateHost.Kernel;

namespace TemplateHost.ApiGateway.Requests;

/// <summary>What API Gateway puts to CloudWatch of an HTTP API: by the API, and by its stage.</summary>
internal static class ApiMetrics
{
    private const string Space = "AWS/ApiGateway";

    public static void Answered(HostContext host, string api, string stage, int status, TimeSpan latency)
    {
        if (host.Measured is null)
        {
            return;
        }

        (string, string)[][] sets =
        [
            [("ApiId", api)],
            [("ApiId", api), ("Stage", stage)],
        ];
        foreach (var dimensions in sets)
        {
            host.Measure(Space, "Count", 1, "Count", dimensions);
            host.Measure(Space, "4xx", status is >= 400 and < 500 ? 1 : 0, "Count", dimensions);
            host.Measure(Space, "5xx", status >= 500 ? 1 : 0, "Count", dimensions);
            host.Measure(Space, "Latency", latency.TotalMilliseconds, "Milliseconds", dimensions);
        }
    }
}
