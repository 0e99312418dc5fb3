namespace FairShare.Client.Vault.Items;

/// <summary>Bytes of content that are done; each is told at once, on the thread that did them.</summary>
internal sealed class ByteProgress(Action<long>? told) : IProgress<long>
{
    /// <summary>The last number.</summary>
    public long Done { get; private set; }

    public void Report(long value)
    {
        Done = value;
        told?.Invoke(value);
    }
}
