using FairShare.Local.Hosting;

namespace FairShare.Local.Lambda.Runtime;

/// <summary>Chooses how functions run: published ones as processes, else the handlers of this build in process.</summary>
internal static class FunctionRuntimes
{
    public static IFunctionRuntime For(HostContext host) => host.FunctionsDirectory is { } directory
        ? new ProcessRuntime(directory)
        : new InProcessRuntime((function, _) => throw new InvalidOperationException($"No handler {function.Handler} in this build."));
}
