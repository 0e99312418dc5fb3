using TemplateHost.Storage;

namespace TemplateHost.Testing;

/// <summary>A store whose writes wait, arrived but not yet begun, while a test holds them.</summary>
internal sealed class HeldStore(IStore inner) : IStore
{
    private volatile TaskCompletionSource? held;
    private int arrived;

    /// <summary>How many writes have arrived and been held so far.</summary>
    public int Arrived => Volatile.Read(ref arrived);

    public void Define(string sql) => inner.Define(sql);

    public async Task<T> WriteAsync<T>(Func<StoreSession, T> work)
    {
        if (held is { } gate)
        {
            Interlocked.Increment(ref arrived);
            await gate.Task;
        }

        return await inner.WriteAsync(work);
    }

    public T Read<T>(Func<StoreSession, T> work) => inner.Read(work);

    public void Hold() => held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Release()
    {
        var gate = held;
        held = null;
        gate?.SetResult();
    }
}
