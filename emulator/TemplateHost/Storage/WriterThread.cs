using System.Collections.Concurrent;

namespace TemplateHost.Storage;

/// <summary>The one thread that writes. Writes that wait while another batch reaches the disk share the next commit.</summary>
internal sealed class WriterThread : IWriter
{
    private const int LargestBatch = 512;

    private readonly BlockingCollection<PendingWrite> queue = [];
    private readonly SqliteSession session;
    private readonly string path;
    private readonly Thread thread;

    public WriterThread(SqliteSession session, string path)
    {
        (this.session, this.path) = (session, path);
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
        foreach (var first in queue.GetConsumingEnumerable())
        {
            batch.Clear();
            batch.Add(first);
            Commit(batch);
        }
    }

    private void Commit(List<PendingWrite> batch)
    {
        try
        {
            session.Execute("BEGIN IMMEDIATE");
            for (var next = 0; next < batch.Count; next++)
            {
                batch[next].Run(session);
                if (batch.Count < LargestBatch && queue.TryTake(out var more))
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
