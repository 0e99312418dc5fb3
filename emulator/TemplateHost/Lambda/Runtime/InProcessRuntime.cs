using TemplateHost.Lambda.Model;

namespace TemplateHost.Lambda.Runtime;

/// <summary>Runs handlers in this process: same code, same environment, no start-up cost.</summary>
internal sealed class InProcessRuntime(
    Func<FunctionConfiguration, IReadOnlyDictionary<string, string>, Func<Invocation, Stream, Task<Stream>>> start
) : IFunctionRuntime
{
    public Task<IFunctionInstance> StartAsync(
        FunctionConfiguration function,
        IReadOnlyDictionary<string, string> environment,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return Task.FromResult<IFunctionInstance>(new InProcessInstance(start(function, environment)));
        }
#pragma warning disable CA1031 // What breaks while a function starts is the error of its first invocation, as with init/error.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            return Task.FromResult<IFunctionInstance>(new FailedInstance(fault));
        }
    }

    public static InvocationResult ErrorOf(Exception fault) =>
        InvocationResult.Error(
            fault.GetType().Name,
            fault.Message,
            (fault.StackTrace ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        );

    private sealed class InProcessInstance(Func<Invocation, Stream, Task<Stream>> handler) : IFunctionInstance
    {
        public bool IsAlive { get; private set; } = true;

        public async Task<InvocationResult> InvokeAsync(Invocation invocation, CancellationToken cancellationToken)
        {
            try
            {
                using var payload = new MemoryStream(invocation.Payload.ToArray(), writable: false);
                using var answer = await Task.Run(() => handler(invocation, payload), CancellationToken.None);
                using var buffer = new MemoryStream();
                await answer.CopyToAsync(buffer, CancellationToken.None);
                return new InvocationResult(false, buffer.ToArray());
            }
#pragma warning disable CA1031 // Whatever a function throws is its answer.
            catch (Exception fault)
#pragma warning restore CA1031
            {
                return ErrorOf(fault);
            }
        }

        public ValueTask DisposeAsync()
        {
            IsAlive = false;
            return ValueTask.CompletedTask;
        }
    }

    private sealed class FailedInstance(Exception fault) : IFunctionInstance
    {
        public bool IsAlive => false;

        public Task<InvocationResult> InvokeAsync(Invocation invocation, CancellationToken cancellationToken) =>
            Task.FromResult(ErrorOf(fault));

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
