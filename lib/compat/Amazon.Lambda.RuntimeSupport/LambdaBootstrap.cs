using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>
/// The loop of a custom runtime: next invocation, handler, answer. Follows the Lambda Runtime API 2018-06-01 and the API page of
/// <c>Amazon.Lambda.RuntimeSupport.LambdaBootstrap</c>.
/// </summary>
public sealed class LambdaBootstrap
{
    private const string Notice =
        """{"level":"INFO","code":"compat-runtime","message":"lib/compat stands in for Amazon.Lambda.RuntimeSupport; """
        + """build with -p:AwsPackages=nuget to deploy"}""";

    private readonly Func<Stream, ILambdaContext, Task<Stream>> handler;
    private readonly LambdaBootstrapInitializer? initializer;

    internal LambdaBootstrap(Func<Stream, ILambdaContext, Task<Stream>> handler, LambdaBootstrapInitializer? initializer) =>
        (this.handler, this.initializer) = (handler, initializer);

    /// <summary>Serves invocations until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken = default)
    {
        using var client = RuntimeApiClient.FromEnvironment();
        await Console.Error.WriteLineAsync(Notice);
        if (!await TryInitializeAsync(client, cancellationToken))
        {
            return;
        }

        while (!cancellationToken.IsCancellationRequested)
        {
            using var invocation = await client.NextAsync(cancellationToken);
            await RunOneAsync(client, invocation, cancellationToken);
        }
    }

    /// <summary>
    /// Runs the initializer; what it throws is reported as the init error, and thrown on, so that the process ends with a failure.
    /// </summary>
    private async Task<bool> TryInitializeAsync(RuntimeApiClient client, CancellationToken cancellationToken)
    {
        try
        {
            return initializer is null || await initializer();
        }
        catch (Exception exception)
        {
            await client.ReportInitErrorAsync(exception, cancellationToken);
            throw;
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
