using Microsoft.Data.Sqlite;
using TemplateHost.Storage;

namespace TemplateHost.Tests.Serializability;

/// <summary>A store broken on purpose: each query of a read sees another moment, as if reads were not transactions.</summary>
internal sealed class TornStore(IStore inner) : IStore
{
    public void Define(string sql) => inner.Define(sql);

    public Task<T> WriteAsync<T>(Func<StoreSession, T> work) => inner.WriteAsync(work);

    public T Read<T>(Func<StoreSession, T> work) => work(new TornSession(inner));

    private sealed class TornSession(IStore inner) : StoreSession
    {
        public override int Execute(string sql, params ReadOnlySpan<object?> parameters) =>
            throw new InvalidOperationException("Reads do not write.");

        public override List<T> Query<T>(string sql, Func<SqliteDataReader, T> read, params ReadOnlySpan<object?> parameters)
        {
            var values = parameters.ToArray();
            var rows = inner.Read(session => session.Query(sql, read, values));
            Thread.SpinWait(20_000);
            return rows;
        }
    }
}
