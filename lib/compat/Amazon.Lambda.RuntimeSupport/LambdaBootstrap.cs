using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>The loop of a custom runtime: next invocation, handler, answer. Follows the Lambda Runtime API 2018-06-01 and the API page of <c>Amazon.Lambda.RuntimeSupport.LambdaBootstrap</c>.</summary>
public sealed class LambdaBootstrap
{
    private readonly Func<Stream, ILambdaContext, Task<Stream>> handler;

    internal LambdaBootstrap(Func<Stream, ILambdaContext, Task<Stream>> handler) => this.handler = handler;

    /// <summary>Serves invocations until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken = default)
    {
        using var client = RuntimeApiClient.FromEnvironment();
        while (!cancellationToken.IsCancellationRequested)
        {
            using var invocation = await client.NextAsync(cancellationToken);
            await RunOneAsync(client, invocation, cancellationToken);
        }
    }

    private async Task RunOneAsync(RuntimeApiClient client, Invocation invocation, CancellationToken cancellationToken)
    {
        Stream answer;
        try
        {
            answer = await handler(invocation.Payload, invocation);
        }
#pragma warning disable CA1031 // Whatever the handler throws is the invocation's outcome, and the process goes on.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            await client.ReportErrorAsync(invocation.AwsRequestId, exception, cancellationToken);
            return;
        }

        await client.ReportAnswerAsync(invocation.AwsRequestId, answer, cancellationToken);
    }
}
