using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace TemplateHost.Storage;

/// <summary>The store on one SQLite file.</summary>
internal sealed class SqliteStore : IStore, IDisposable
{
    private readonly string path;
    private readonly IWriter writer;

    // What is in memory has one connection.
    private readonly SqliteSession? alone;
    private readonly ConcurrentBag<SqliteSession> idleReaders = [];

    // The reads under way, and one for the open store.
    private readonly CountdownEvent uses = new(1);

    /// <param name="path">The database file.</param>
    /// <param name="singleThreaded">Whether writes run on the thread of who writes.</param>
    /// <param name="ephemeral">Whether it is in memory, for one thread, and not in the file.</param>
    /// <exception cref="IOException">Another version of the host wrote the file, or it cannot be used.</exception>
    public SqliteStore(string path, bool singleThreaded = false, bool ephemeral = false)
    {
        this.path = path;
        if (ephemeral && !singleThreaded)
        {
            throw new ArgumentException("What is in memory alone has one connection, for one thread.", nameof(ephemeral));
        }

        SqliteSession? session = null;
        try
        {
            session = new SqliteSession(ephemeral ? SqliteConnections.OpenMemory() : SqliteConnections.OpenWriter(path));
            DatabaseFormat.Demand(session, path);
        }
        catch (Exception fault)
        {
            session?.Dispose();
            throw StoreUnavailableException.Of(fault, path);
        }

        alone = ephemeral ? session : null;
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
        if (alone is not null)
        {
            return work(alone);
        }

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
