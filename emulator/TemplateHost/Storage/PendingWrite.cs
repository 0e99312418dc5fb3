namespace TemplateHost.Storage;

/// <summary>A write on its way through the writer thread.</summary>
internal abstract class PendingWrite
{
    /// <summary>Runs the work inside its savepoint and remembers the outcome.</summary>
    public abstract void Run(StoreSession session);

    /// <summary>Tells the caller, once the outcome is durable.</summary>
    public abstract void Complete();

    /// <summary>Tells the caller that nothing was kept.</summary>
    public abstract void Fail(Exception reason);
}

internal sealed class PendingWrite<T>(Func<StoreSession, T> work) : PendingWrite
{
    private readonly TaskCompletionSource<T> completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Exception? refusal;
    private T? result;

    public Task<T> Task => completion.Task;

    public override void Run(StoreSession session)
    {
        session.Execute("SAVEPOINT write");
        try
        {
            result = work(session);
        }
#pragma warning disable CA1031 // Whatever the work throws is the caller's outcome.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            refusal = exception;
            if (exception is Microsoft.Data.Sqlite.SqliteException)
            {
                // SQLite may have taken back the whole batch: it fails together.
                throw;
            }

            session.Execute("ROLLBACK TO write");
        }

        session.Execute("RELEASE write");
    }

    public override void Complete()
    {
        if (refusal is null)
        {
            completion.TrySetResult(result!);
        }
        else
        {
            completion.TrySetException(refusal);
        }
    }

    public override void Fail(Exception reason) => completion.TrySetException(reason);
}
