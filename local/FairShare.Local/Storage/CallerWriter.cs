namespace FairShare.Local.Storage;

/// <summary>Writes on the thread of who writes, each in a commit of its own: nothing depends on how threads are scheduled.</summary>
internal sealed class CallerWriter(SqliteSession session) : IWriter
{
    private readonly Lock gate = new();
    private bool closed;

    public void Enqueue(PendingWrite write)
    {
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(closed, typeof(SqliteStore));
            session.Execute("BEGIN IMMEDIATE");
            write.Run(session);
            session.Execute("COMMIT");
        }

        write.Complete();
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
