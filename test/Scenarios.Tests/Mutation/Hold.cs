namespace FairShare.Scenarios.Tests.Mutation;

/// <summary>Stops one function before one of its calls, once, until the schedule lets it go on.</summary>
/// <param name="function">The handler's name.</param>
/// <param name="operation">The operation.</param>
/// <param name="marks">What must stand in the input; empty for anything.</param>
internal sealed class Hold(string function, string operation, string marks)
{
    private readonly TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int taken;

    /// <summary>When the function has come to the call.</summary>
    public Task Reached => reached.Task;

    /// <summary>Lets the call go on.</summary>
    public void Release() => released.TrySetResult();

    /// <summary>Stops the call, if it is the one.</summary>
    public async Task PassAsync(string caller, string called, string text)
    {
        if (
            caller == function
            && called == operation
            && text.Contains(marks, StringComparison.Ordinal)
            && Interlocked.Exchange(ref taken, 1) == 0
        )
        {
            reached.TrySetResult();
            await released.Task;
        }
    }
}
