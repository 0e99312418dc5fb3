using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace TemplateHost.Storage;

/// <summary>
/// The host's one database. All writes run one after another, so every write is serializable; each is durable before its task completes.
/// </summary>
internal interface IStore
{
    /// <summary>
    /// Creates a service's tables; called once from the service's constructor, idempotent SQL (<c>CREATE TABLE IF NOT EXISTS</c>).
    /// </summary>
    void Define(string sql);

    /// <summary>Runs work inside a transaction of its own: all of it is kept, or, when it throws, none.</summary>
    Task<T> WriteAsync<T>(Func<StoreSession, T> work);

    /// <summary>Runs work on a consistent view of everything that was committed before the call.</summary>
    T Read<T>(Func<StoreSession, T> work);
}

/// <summary>SQL on one connection, parameters by position as <c>?1</c>, <c>?2</c>, ….</summary>
internal abstract class StoreSession
{
    public abstract int Execute(string sql, params ReadOnlySpan<object?> parameters);

    /// <summary>Rows one by one; the reader must not be kept beyond <paramref name="read"/>.</summary>
    public abstract List<T> Query<T>(string sql, Func<SqliteDataReader, T> read, params ReadOnlySpan<object?> parameters);

    /// <summary>Rows of one column in which a record stands as JSON.</summary>
    public List<T> Records<T>(string sql, params ReadOnlySpan<object?> parameters) =>
        Query(sql, row => JsonSerializer.Deserialize<T>(row.GetString(0))!, parameters);
}
