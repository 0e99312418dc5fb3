namespace FairShare.Simulation.Histories;

/// <summary>The deeds of a history as far as others wait for them: the first of a kind about a subject.</summary>
internal sealed class StartedDeeds
{
    private readonly Dictionary<(DeedKind Kind, int Subject), Task> started = [];

    public void Add(Deed deed, Task task) =>
        started.TryAdd((deed.Kind, deed.Kind == DeedKind.Request ? deed.Exchange : deed.Document), task);

    /// <summary>Waits for a deed; for none where none is planned.</summary>
    public Task AfterAsync(DeedKind kind, int subject) => started.GetValueOrDefault((kind, subject), Task.CompletedTask);
}
