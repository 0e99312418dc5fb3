using System.Collections.Concurrent;

namespace FairShare.Local.Storage;

/// <summary>The store on one SQLite file.</summary>
internal sealed class SqliteStore : IStore, IDisposable
{
    private readonly string path;
    private readonly IWriter writer;
    private readonly ConcurrentBag<SqliteSession> idleReaders = [];

    /// <param name="path">The database file.</param>
    /// <param name="singleThreaded">Whether writes run on the thread of who writes.</param>
    /// <exception cref="IOException">Another version of the host wrote the file.</exception>
    public SqliteStore(string path, bool singleThreaded = false)
    {
        this.path = path;
        var session = new SqliteSession(SqliteConnections.OpenWriter(path));
        try
        {
            DatabaseFormat.Demand(session, path);
        }
        catch
        {
            session.Dispose();
            throw;
        }

        writer = singleThreaded ? new CallerWriter(session) : new WriterThread(session);
    }

    public void Define(string sql) => WriteAsync(session => session.Execute(sql)).GetAwaiter().GetResult();

    public Task<T> WriteAsync<T>(Func<StoreSession, T> work)
    {
        var write = new PendingWrite<T>(work);
        writer.Enqueue(write);
        return write.Task;
    }

    public T Read<T>(Func<StoreSession, T> work)
    {
        if (!idleReaders.TryTake(out var session))
        {
            session = new SqliteSession(SqliteConnections.OpenReader(path));
        }

        session.Execute("BEGIN");
        try
        {
            return work(session);
        }
        finally
        {
            session.Execute("COMMIT");
            idleReaders.Add(session);
        }
    }

    public void Dispose()
    {
        writer.Dispose();
        while (idleReaders.TryTake(out var session))
        {
            session.Dispose();
        }
    }
}
