using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>One invocation as the Runtime API's <c>next</c> describes it in headers.</summary>
internal sealed class Invocation(HttpResponseMessage response, Stream payload, string functionName, TimeProvider time)
    : ILambdaContext,
        ILambdaLogger,
        IDisposable
{
    public Stream Payload { get; } = payload;

    public string AwsRequestId { get; } = Header(response, "Lambda-Runtime-Aws-Request-Id");

    public string FunctionName { get; } = functionName;

    public string InvokedFunctionArn { get; } = Header(response, "Lambda-Runtime-Invoked-Function-Arn");

    public ILambdaLogger Logger => this;

    public TimeSpan RemainingTime =>
        long.TryParse(Header(response, "Lambda-Runtime-Deadline-Ms"), out var deadline)
            ? DateTimeOffset.FromUnixTimeMilliseconds(deadline) - time.GetUtcNow()
            : TimeSpan.Zero;

    public void LogLine(string message) => Console.Out.WriteLine(message);

    public void Dispose() => response.Dispose();

    private static string Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? values.First() : "";
}
