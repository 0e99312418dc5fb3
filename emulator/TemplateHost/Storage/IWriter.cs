namespace TemplateHost.Storage;

/// <summary>Carries writes to the disk, one after another.</summary>
internal interface IWriter : IDisposable
{
    /// <exception cref="ObjectDisposedException">The store is closed.</exception>
    void Enqueue(PendingWrite write);
}
