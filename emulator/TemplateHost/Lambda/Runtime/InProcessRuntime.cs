using TemplateHost.Gateway.Faults;
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
            return Task.FromResult<IFunctionInstance>(new InProcessInstance(function.Handler, start(function, environment)));
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

    private sealed class InProcessInstance(string name, Func<Invocation, Stream, Task<Stream>> handler) : IFunctionInstance
    {
        private CallOrigin? current;

        public bool IsAlive { get; private set; } = true;

        public async Task<InvocationResult> InvokeAsync(Invocation invocation, CancellationToken cancellationToken)
        {
            var origin = new CallOrigin(name, mayCrash: true);
            (current, CallOrigin.Current) = (origin, origin);
            try
            {
                using var payload = new MemoryStream(invocation.Payload.ToArray(), writable: false);
                var work = Task.Run(() => handler(invocation, payload), CancellationToken.None);
                await Task.WhenAny(work, origin.Crashed);
                // A handler that ends by the connection that its crash broke may be heard of first: it has crashed all the same.
                if (origin.Crashed.IsCompleted)
                {
                    return Crashed(invocation, work);
                }

                using var answer = await work;
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
            // What is given up at its timeout makes no call afterwards, as a process that was ended would make none.
            IsAlive = false;
            current?.Crash();
            return ValueTask.CompletedTask;
        }

        private InvocationResult Crashed(Invocation invocation, Task abandoned)
        {
            IsAlive = false;
            _ = abandoned.ContinueWith(
                static ended => _ = ended.Exception,
                CancellationToken.None,
                TaskContinuationOptions.ExecuteSynchronously,
                TaskScheduler.Default
            );
            return InvocationResult.Error(
                "Runtime.ExitError",
                $"RequestId: {invocation.RequestId} Error: Runtime exited with error: exit status 1"
            );
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
