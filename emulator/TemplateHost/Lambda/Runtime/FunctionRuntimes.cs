using TemplateHost.Kernel;
using TemplateHost.Lambda.Model;

namespace TemplateHost.Lambda.Runtime;

/// <summary>Chooses how functions run: published ones as processes, else those that the host's owner makes, in process.</summary>
internal static class FunctionRuntimes
{
    public static IFunctionRuntime For(HostContext host) =>
        host.FunctionsDirectory is { } directory
            ? new ProcessRuntime(host, directory)
            : new InProcessRuntime((function, environment) => Start(host, function, environment));

    private static Func<Invocation, Stream, Task<Stream>> Start(
        HostContext host,
        FunctionConfiguration function,
        IReadOnlyDictionary<string, string> environment
    )
    {
        var factory =
            host.FunctionFactory
            ?? throw new InvalidOperationException("The host was given neither a factory of functions nor a directory of published ones.");
        var handler = factory(new FunctionStart(function.Name, function.Handler, environment, host.Time, host.Random, host.CreateHandler));
        return (invocation, payload) =>
            handler(
                payload,
                new FunctionInvocation(
                    invocation.RequestId,
                    function.Name,
                    invocation.FunctionArn,
                    () => invocation.Deadline - host.Time.GetUtcNow(),
                    line => host.FunctionLog(function.Name, line)
                )
            );
    }
}
