using Amazon.Runtime;
using FairShare.Functions.Hosting;
using FairShare.Local.Hosting;
using FairShare.Local.Lambda.Model;
using FairShare.Protocol.Identifiers;

namespace FairShare.Local.Lambda.Runtime;

/// <summary>Chooses how functions run: published ones as processes, else the handlers of this build in process.</summary>
internal static class FunctionRuntimes
{
    public static IFunctionRuntime For(HostContext host) => host.FunctionsDirectory is { } directory
        ? new ProcessRuntime(host, directory)
        : new InProcessRuntime((function, environment) => Start(host, function, environment));

    private static FunctionHandler Start(HostContext host, FunctionConfiguration function, IReadOnlyDictionary<string, string> environment)
    {
        var dependencies = new FunctionDependencies(host.Time, new HostRandomness(host.Random), new InProcessClients(host.CreateHandler));
        var instance = FunctionInstance.Start(function.Handler, environment, dependencies);
        return (payload, invocation) => instance.InvokeAsync(payload, new InvocationContext(function, invocation, host));
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
