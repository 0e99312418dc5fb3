using FairShare.Client.Vault.Items;
using FairShare.Vault.Objects;

namespace FairShare.Client.Vault.Gateway;

/// <summary>A file while it is fetched: what was piped in as it was, anything else as tar.</summary>
internal sealed class GatewayExport : IDisposable
{
    // 64 KiB in base64.
    private const int SegmentLength = 48 << 10;

    private readonly OpenedItem item;
    private readonly Action closed;
    private readonly Stream source;
    private readonly byte[] segment = new byte[SegmentLength];
    private OpenedObject? content;

    public GatewayExport(OpenedItem item, Action closed, CancellationToken cancellationToken)
    {
        (this.item, this.closed) = (item, closed);
        source = item.ReadObject(null, cancellationToken);
    }

    /// <summary>The next part in base64; null at the end, when all of it was found genuine.</summary>
    /// <exception cref="GatewayFault">It is not genuine, or cannot be fetched.</exception>
    public async Task<string?> ReadSegmentAsync(CancellationToken cancellationToken)
    {
        try
        {
            // What decrypts waits for the network.
            var length = await Task.Run(Fill, cancellationToken).ConfigureAwait(false);
            return length == 0 ? null : Convert.ToBase64String(segment, 0, length);
        }
        catch (Exception fault) when (GatewayStore.IsRefusal(fault))
        {
            throw new GatewayFault(GatewayText.CannotTransfer, endsConversation: true);
        }
    }

    /// <summary>Ends the open.</summary>
    public async Task CloseAsync(CancellationToken cancellationToken)
    {
        await item.CloseAsync(cancellationToken).ConfigureAwait(false);
        closed();
    }

    public void Dispose()
    {
        content?.Dispose();
        source.Dispose();
        item.Dispose();
    }

    private int Fill()
    {
        content ??= item.Decrypt(source, long.MaxValue);
        return content.Content.ReadAtLeast(segment, SegmentLength, throwOnEndOfStream: false);
    }
}
