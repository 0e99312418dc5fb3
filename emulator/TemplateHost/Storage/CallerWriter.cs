using Microsoft.Data.Sqlite;

namespace TemplateHost.Storage;

/// <summary>Writes on the thread of who writes, each in a commit of its own: nothing depends on how threads are scheduled.</summary>
internal sealed class CallerWriter(SqliteSession session, string path) : IWriter
{
    private readonly Lock gate = new();
    private bool closed;

    public void Enqueue(PendingWrite write)
    {
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(closed, typeof(SqliteStore));
            if (TryCommit(write) is { } failure)
            {
                write.Fail(StoreUnavailableException.Of(failure, path));
                return;
            }
        }

        write.Complete();
    }

    private SqliteException? TryCommit(PendingWrite write)
    {
        try
        {
            session.Execute("BEGIN IMMEDIATE");
            write.Run(session);
            session.Execute("COMMIT");
            return null;
        }
        catch (SqliteException failure)
        {
            session.RollBack();
            return failure;
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            closed = true;
            session.Dispose();
        }
    }
}
