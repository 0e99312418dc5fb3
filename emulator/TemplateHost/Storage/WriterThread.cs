using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace TemplateHost.Storage;

/// <summary>
/// The one thread that writes. Writes that wait while another batch reaches the disk share the next commit. Once nothing was written for a
/// second, the write-ahead log is emptied into the database: until then it has what was deleted meanwhile. While the disk is short of room
/// each write is a commit of its own and the log is emptied after each: a log that the database has no room to take in would keep its own
/// room for ever, and so would keep every later write from the disk.
/// </summary>
internal sealed class WriterThread : IWriter
{
    private const int LargestBatch = 512;
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(1);

    private readonly BlockingCollection<PendingWrite> queue = [];
    private readonly SqliteSession session;
    private readonly string path;
    private readonly string folder;
    private readonly Thread thread;

    public WriterThread(SqliteSession session, string path)
    {
        (this.session, this.path, folder) = (session, path, Path.GetDirectoryName(Path.GetFullPath(path))!);
        thread = new Thread(Run) { IsBackground = true, Name = "store writer" };
        thread.Start();
    }

    public void Enqueue(PendingWrite write)
    {
        try
        {
            queue.Add(write);
        }
        catch (InvalidOperationException)
        {
            throw new ObjectDisposedException(nameof(SqliteStore));
        }
    }

    /// <summary>Finishes what was queued, then stops.</summary>
    public void Dispose()
    {
        queue.CompleteAdding();
        thread.Join();
        session.Dispose();
        queue.Dispose();
    }

    private void Run()
    {
        var batch = new List<PendingWrite>();
        var logged = true;
        while (!queue.IsCompleted)
        {
            if (queue.TryTake(out var first, logged ? Idle : Timeout.InfiniteTimeSpan))
            {
                batch.Clear();
                batch.Add(first);
                var isShort = DiskRoom.IsShort(folder);
                Commit(batch, isShort ? 1 : LargestBatch);
                logged = !isShort || !TryEmptyLog();
            }
            else
            {
                logged = logged && !queue.IsCompleted && !TryEmptyLog();
            }
        }
    }

    /// <returns>Whether it is empty; a reader of what was before may be in the way, or a full disk, and then it is tried again.</returns>
    private bool TryEmptyLog()
    {
        try
        {
            return session.Query("PRAGMA wal_checkpoint(TRUNCATE)", row => row.GetInt32(0)) is [0];
        }
        catch (SqliteException)
        {
            return false;
        }
    }

    private void Commit(List<PendingWrite> batch, int largest)
    {
        try
        {
            session.Execute("BEGIN IMMEDIATE");
            for (var next = 0; next < batch.Count; next++)
            {
                batch[next].Run(session);
                if (batch.Count < largest && queue.TryTake(out var more))
                {
                    batch.Add(more);
                }
            }

            session.Execute("COMMIT");
            batch.ForEach(write => write.Complete());
        }
#pragma warning disable CA1031 // A failed commit concerns every caller of the batch, and no later batch.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            session.RollBack();
            var reason = StoreUnavailableException.Of(failure, path);
            batch.ForEach(write => write.Fail(reason));
        }
    }
}
