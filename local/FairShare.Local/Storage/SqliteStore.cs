using System.Collections.Concurrent;

namespace FairShare.Local.Storage;

/// <summary>The store on one SQLite file.</summary>
internal sealed class SqliteStore : IStore, IDisposable
{
    private readonly string path;
    private readonly WriterThread writer;
    private readonly ConcurrentBag<SqliteSession> idleReaders = [];

    public SqliteStore(string path)
    {
        this.path = path;
        writer = new WriterThread(new SqliteSession(SqliteConnections.OpenWriter(path)));
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
