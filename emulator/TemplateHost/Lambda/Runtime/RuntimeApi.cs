using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using TemplateHost.Gateway;
using TemplateHost.Kernel;
using TemplateHost.Lambda.Model;

namespace TemplateHost.Lambda.Runtime;

/// <summary>
/// The Lambda Runtime API, version 2018-06-01, for one instance: https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html.
/// </summary>
internal sealed class RuntimeApi
{
    private const string Root = "/2018-06-01/runtime/";
    private readonly Channel<Invocation> queue = Channel.CreateUnbounded<Invocation>();
    private readonly Lock gate = new();
    private TaskCompletionSource<InvocationResult>? current;
    private string? currentId;
    private InvocationResult? ended;

    /// <summary>The process exited or could not start: it takes no further invocation.</summary>
    public bool HasEnded => ended is not null;

    public async Task<InvocationResult> InvokeAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        TaskCompletionSource<InvocationResult> answer;
        lock (gate)
        {
            if (ended is { } end)
            {
                return end;
            }

            answer = new TaskCompletionSource<InvocationResult>(TaskCreationOptions.RunContinuationsAsynchronously);
            (current, currentId) = (answer, invocation.RequestId);
        }

        await queue.Writer.WriteAsync(invocation, cancellationToken);
        return await answer.Task.WaitAsync(cancellationToken);
    }

    /// <summary>The process is gone; the last lines of its output say why.</summary>
    public void Exited(int exitCode, IEnumerable<string> lastLines) =>
        End(
            InvocationResult.Error(
                "Runtime.ExitError",
                $"RequestId: {currentId} Error: Runtime exited with error: exit status {exitCode.ToString(CultureInfo.InvariantCulture)}",
                lastLines
            )
        );

    /// <summary>Ends a call that waits for work.</summary>
    public void Close() => queue.Writer.TryComplete();

    public async Task<AwsResponse> HandleAsync(WireRequest request, CancellationToken cancellationToken)
    {
        if (!request.RawPath.StartsWith(Root, StringComparison.Ordinal))
        {
            return Status(404);
        }

        var parts = request.RawPath[Root.Length..].Split('/');
        return (request.Method, parts) switch
        {
            ("GET", ["invocation", "next"]) => await NextAsync(cancellationToken),
            ("POST", ["invocation", var id, "response"]) => Complete(
                id,
                new InvocationResult(false, await ReadAsync(request, cancellationToken))
            ),
            ("POST", ["invocation", var id, "error"]) => Complete(id, ErrorOf(request, await ReadAsync(request, cancellationToken))),
            ("POST", ["init", "error"]) => End(ErrorOf(request, await ReadAsync(request, cancellationToken))),
            _ => Status(404),
        };
    }

    private async Task<AwsResponse> NextAsync(CancellationToken cancellationToken)
    {
        if (!await queue.Reader.WaitToReadAsync(cancellationToken) || !queue.Reader.TryRead(out var invocation))
        {
            return Status(410);
        }

        var response = new AwsResponse { Body = invocation.Payload };
        response.Headers["Content-Type"] = "application/json";
        response.Headers["Lambda-Runtime-Aws-Request-Id"] = invocation.RequestId;
        response.Headers["Lambda-Runtime-Deadline-Ms"] = invocation
            .Deadline.ToUnixTimeMilliseconds()
            .ToString(CultureInfo.InvariantCulture);
        response.Headers["Lambda-Runtime-Invoked-Function-Arn"] = invocation.FunctionArn;
        response.Headers["Lambda-Runtime-Trace-Id"] =
            $"Root=1-{invocation.RequestId[..8]}-{invocation.RequestId.Replace("-", "", StringComparison.Ordinal)[8..]};Sampled=0";
        return response;
    }

    private AwsResponse Complete(string id, InvocationResult result)
    {
        lock (gate)
        {
            if (id != currentId)
            {
                return Status(400);
            }

            currentId = null;
        }

        current!.TrySetResult(result);
        return Status(202);
    }

    private AwsResponse End(InvocationResult result)
    {
        lock (gate)
        {
            ended ??= result;
        }

        current?.TrySetResult(result);
        return Status(202);
    }

    private static InvocationResult ErrorOf(WireRequest request, byte[] body)
    {
        var type = request.Header("Lambda-Runtime-Function-Error-Type") ?? "Unhandled";
        try
        {
            if (JsonNode.Parse(body) is JsonObject described)
            {
                described["errorType"] ??= type;
                return new InvocationResult(true, JsonSerializer.SerializeToUtf8Bytes(described));
            }
        }
        catch (JsonException)
        {
            // A body that says nothing: the header names the error.
        }

        return InvocationResult.Error(type, "");
    }

    private static async Task<byte[]> ReadAsync(WireRequest request, CancellationToken cancellationToken)
    {
        using var buffer = new MemoryStream();
        await request.Body.CopyToAsync(buffer, cancellationToken);
        return buffer.ToArray();
    }

    private static AwsResponse Status(int status)
    {
        var response = new AwsResponse { Status = status, Body = """{"status":"OK"}"""u8.ToArray() };
        response.Headers["Content-Type"] = "application/json";
        return response;
    }
}
