namespace TemplateHost.Lambda.EventSources;

/// <summary>What a mapping polls.</summary>
internal interface IEventSource
{
    /// <summary>Looks at the source once, before the first poll.</summary>
    Task PrepareAsync(CancellationToken cancellationToken);

    /// <summary>Waits for something to handle, and has the function handle it.</summary>
    Task HandleNextAsync(CancellationToken cancellationToken);
}
