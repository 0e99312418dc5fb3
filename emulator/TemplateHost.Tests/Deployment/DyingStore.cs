using TemplateHost.Storage;

namespace TemplateHost.Tests.Deployment;

/// <summary>A store that fails after some writes, and stays failed: what a host that is killed there leaves behind.</summary>
internal sealed class DyingStore(IStore inner, int writes) : IStore
{
    private int left = writes;

    public bool IsDead => left < 0;

    public void Define(string sql) => inner.Define(sql);

    public Task<T> WriteAsync<T>(Func<StoreSession, T> work) =>
        Interlocked.Decrement(ref left) >= 0 ? inner.WriteAsync(work) : Task.FromException<T>(new IOException("The host was killed here."));

    public T Read<T>(Func<StoreSession, T> work) => inner.Read(work);
}
