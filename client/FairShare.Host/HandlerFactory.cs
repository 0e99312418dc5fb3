using Amazon.Lambda.Core;
using Amazon.Runtime;
using FairShare.Core.Identifiers;
using FairShare.Functions;
using FairShare.Functions.Hosting;
using TemplateHost.Kernel;

namespace FairShare.Host;

/// <summary>Runs the service's handlers in the process of the host that serves its template.</summary>
public static class HandlerFactory
{
    /// <summary>Starts the handler that the template names.</summary>
    /// <exception cref="ArgumentException">There is no handler of that name.</exception>
    public static FunctionHandler Start(FunctionStart start)
    {
        ArgumentNullException.ThrowIfNull(start);
        var dependencies = new FunctionDependencies(
            start.Time,
            new HostRandomness(start.Random),
            new InProcessClients(start.CreateHandler)
        );
        var instance = FunctionInstance.Start(start.Handler, start.Environment, dependencies);
        return (payload, invocation) => instance.InvokeAsync(payload, new HostContext(invocation));
    }

    private sealed class HostContext(FunctionInvocation invocation) : ILambdaContext, ILambdaLogger
    {
        public string AwsRequestId => invocation.RequestId;

        public string FunctionName => invocation.FunctionName;

        public string InvokedFunctionArn => invocation.FunctionArn;

        public ILambdaLogger Logger => this;

        public TimeSpan RemainingTime => invocation.RemainingTime;

        public void LogLine(string message) => invocation.Log(message);
    }

    private sealed class HostRandomness(IRandomSource source) : IRandomness
    {
        public void Fill(Span<byte> destination) => source.Fill(destination);
    }

    /// <summary>The SDK's clients reach the host without sockets; what they send is signed and checked all the same.</summary>
    private sealed class InProcessClients(Func<HttpMessageHandler> createHandler) : HttpClientFactory
    {
        public override HttpClient CreateHttpClient(IClientConfig clientConfig) => new(createHandler());
    }
}
