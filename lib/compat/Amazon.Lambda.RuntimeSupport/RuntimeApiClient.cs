using System.Net;
using System.Text.Json;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>The four calls of the Lambda Runtime API 2018-06-01 that a runtime makes.</summary>
internal sealed class RuntimeApiClient : IDisposable
{
    private readonly HttpClient http;
    private readonly string functionName;

    private RuntimeApiClient(string address, string functionName)
    {
        // "next" answers when there is work, which may be hours away.
        http = new HttpClient { BaseAddress = new Uri($"http://{address}/2018-06-01/runtime/"), Timeout = Timeout.InfiniteTimeSpan };
        this.functionName = functionName;
    }

#pragma warning disable RS0030 // The runtime is started by its environment, as the Runtime API specifies.
    public static RuntimeApiClient FromEnvironment() =>
        new(
            Environment.GetEnvironmentVariable("AWS_LAMBDA_RUNTIME_API")
                ?? throw new InvalidOperationException(
                    "AWS_LAMBDA_RUNTIME_API is not set: this program is started by Lambda or by `fairshare up --functions`."
                ),
            Environment.GetEnvironmentVariable("AWS_LAMBDA_FUNCTION_NAME") ?? ""
        );
#pragma warning restore RS0030

    public async Task<Invocation> NextAsync(CancellationToken cancellationToken)
    {
        var response = await http.GetAsync("invocation/next", cancellationToken);
        response.EnsureSuccessStatusCode();
        PassTraceOn(response);
        return new Invocation(response, await response.Content.ReadAsStreamAsync(cancellationToken), functionName, TimeProvider.System);
    }

    public async Task ReportAnswerAsync(string requestId, Stream answer, CancellationToken cancellationToken)
    {
        using var content = new StreamContent(answer);
        await PostAsync($"invocation/{requestId}/response", content, cancellationToken);
    }

    public Task ReportErrorAsync(string requestId, Exception exception, CancellationToken cancellationToken) =>
        ReportAsync($"invocation/{requestId}/error", exception, cancellationToken);

    public Task ReportInitErrorAsync(Exception exception, CancellationToken cancellationToken) =>
        ReportAsync("init/error", exception, cancellationToken);

    public void Dispose() => http.Dispose();

    private async Task ReportAsync(string path, Exception exception, CancellationToken cancellationToken)
    {
        using var content = new ByteArrayContent(Describe(exception));
        content.Headers.Add("Lambda-Runtime-Function-Error-Type", exception.GetType().Name);
        await PostAsync(path, content, cancellationToken);
    }

    // 413 says that the answer was too large, and has been reported as the
    // invocation's failure by Lambda itself; 500 asks the process to end.
    private async Task PostAsync(string path, HttpContent content, CancellationToken cancellationToken)
    {
        using var response = await http.PostAsync(path, content, cancellationToken);
        if (response.StatusCode != HttpStatusCode.RequestEntityTooLarge)
        {
            response.EnsureSuccessStatusCode();
        }
    }

    // Where the AWS SDK and X-Ray look for the trace that an invocation belongs to.
    private static void PassTraceOn(HttpResponseMessage response)
    {
        if (response.Headers.TryGetValues("Lambda-Runtime-Trace-Id", out var trace))
        {
            Environment.SetEnvironmentVariable("_X_AMZN_TRACE_ID", trace.First());
        }
    }

    // The unqualified type name is what Step Functions matches in Retry and Catch.
    private static byte[] Describe(Exception exception)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("errorType", exception.GetType().Name);
            json.WriteString("errorMessage", exception.Message);
            json.WriteStartArray("stackTrace");
            foreach (
                var line in (exception.StackTrace ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            )
            {
                json.WriteStringValue(line);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }
}
