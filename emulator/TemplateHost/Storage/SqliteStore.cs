using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace TemplateHost.Storage;

/// <summary>The store on one SQLite file.</summary>
internal sealed class SqliteStore : IStore, IDisposable
{
    private readonly string path;
    private readonly IWriter writer;
    private readonly ConcurrentBag<SqliteSession> idleReaders = [];

    // The reads under way, and one for the open store.
    private readonly CountdownEvent uses = new(1);

    /// <param name="path">The database file.</param>
    /// <param name="singleThreaded">Whether writes run on the thread of who writes.</param>
    /// <exception cref="IOException">Another version of the host wrote the file, or it cannot be used.</exception>
    public SqliteStore(string path, bool singleThreaded = false)
    {
        this.path = path;
        SqliteSession? session = null;
        try
        {
            session = new SqliteSession(SqliteConnections.OpenWriter(path));
            DatabaseFormat.Demand(session, path);
        }
        catch (Exception fault)
        {
            session?.Dispose();
            throw StoreUnavailableException.Of(fault, path);
        }

        writer = singleThreaded ? new CallerWriter(session, path) : new WriterThread(session, path);
    }

    public void Define(string sql) => WriteAsync(session => session.Execute(sql)).GetAwaiter().GetResult();

    public Task<T> WriteAsync<T>(Func<StoreSession, T> work)
    {
        var write = new PendingWrite<T>(work);
        writer.Enqueue(write);
        return write.Task;
    }

    /// <exception cref="ObjectDisposedException">The host has stopped.</exception>
    public T Read<T>(Func<StoreSession, T> work)
    {
        ObjectDisposedException.ThrowIf(!uses.TryAddCount(), this);
        SqliteSession? session = null;
        try
        {
            session = idleReaders.TryTake(out var idle) ? idle : new SqliteSession(SqliteConnections.OpenReader(path));
            session.Execute("BEGIN");
            return ReadWithin(session, work);
        }
        catch (SqliteException fault)
        {
            session?.Dispose();
            throw StoreUnavailableException.Of(fault, path);
        }
        finally
        {
            uses.Signal();
        }
    }

    private T ReadWithin<T>(SqliteSession session, Func<StoreSession, T> work)
    {
        var isSound = true;
        try
        {
            return work(session);
        }
        catch (SqliteException)
        {
            isSound = false;
            throw;
        }
        finally
        {
            if (isSound)
            {
                session.Execute("COMMIT");
                idleReaders.Add(session);
            }
        }
    }

    /// <summary>Lets what was begun end, and closes the file: whoever deletes it after that finds nobody at it.</summary>
    public void Dispose()
    {
        writer.Dispose();
        uses.Signal();
        uses.Wait();
        uses.Dispose();
        while (idleReaders.TryTake(out var session))
        {
            session.Dispose();
        }
    }
}
