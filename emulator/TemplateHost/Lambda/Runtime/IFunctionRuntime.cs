using TemplateHost.Lambda.Model;

namespace TemplateHost.Lambda.Runtime;

/// <summary>Starts instances of functions: in this process, or as processes of their own.</summary>
internal interface IFunctionRuntime
{
    /// <param name="function">What to run.</param>
    /// <param name="environment">Everything the instance finds in its environment: credentials, endpoint, handler, the template's
    /// variables.</param>
    Task<IFunctionInstance> StartAsync(
        FunctionConfiguration function,
        IReadOnlyDictionary<string, string> environment,
        CancellationToken cancellationToken
    );
}

/// <summary>A started function; it handles one invocation at a time. Disposing ends it, whatever it does.</summary>
internal interface IFunctionInstance : IAsyncDisposable
{
    /// <summary>False once it has exited or was given up.</summary>
    bool IsAlive { get; }

    Task<InvocationResult> InvokeAsync(Invocation invocation, CancellationToken cancellationToken);
}
