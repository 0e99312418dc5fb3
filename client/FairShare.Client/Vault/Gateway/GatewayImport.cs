using System.Buffers.Text;
using System.IO.Pipelines;
using FairShare.Client.Vault.Items;
using FairShare.Vault.Codes;
using FairShare.Vault.Objects;

namespace FairShare.Client.Vault.Gateway;

/// <summary>A file while it comes: it is encrypted and sent on as it does; disposed before its end, nothing is left of it.</summary>
internal sealed class GatewayImport : IAsyncDisposable
{
    /// <summary>The most characters of a part in base64: 1 MiB.</summary>
    public const int SegmentLimit = 1 << 20;

    private readonly Pipe pipe = new();
    private readonly Task<StoredItem> storing;

    public GatewayImport(
        VaultClient client,
        PutJournal journal,
        VaultCode code,
        string password,
        GatewayTerms terms,
        CancellationToken cancellationToken
    )
    {
        Cookie = VaultCookie.Write(code.Secret);
        var content = new PipeContent(new LimitedStream(pipe.Reader.AsStream(), terms.Limit));
        var order = new VaultPutOrder(content, $"F-{Cookie}", VaultMode.Password, password, terms.Life, terms.MaxOpens)
        {
            Code = code,
            PipeLimit = terms.Limit,
        };
        storing = Task.Run(() => StoreAsync(client, journal, order, cancellationToken), CancellationToken.None);
    }

    /// <summary>The 48 digits by which it will be fetched.</summary>
    public string Cookie { get; }

    /// <summary>Takes a part.</summary>
    /// <exception cref="GatewayFault">It is no base64, or the file cannot be stored.</exception>
    public async Task AppendAsync(byte[] data, CancellationToken cancellationToken)
    {
        var length = data.Length;
        if (Base64.DecodeFromUtf8InPlace(data, out var decoded) != System.Buffers.OperationStatus.Done || (length > 0 && decoded == 0))
        {
            throw new GatewayFault(GatewayText.CannotTransfer, endsConversation: true);
        }

        var flushed = await pipe.Writer.WriteAsync(data.AsMemory(0, decoded), cancellationToken).ConfigureAwait(false);
        if (flushed.IsCompleted)
        {
            // Nobody reads any more: the file cannot be stored.
            throw new GatewayFault(GatewayText.CannotTransfer, endsConversation: true);
        }
    }

    /// <summary>Waits until the whole file is stored.</summary>
    /// <exception cref="GatewayFault">It cannot be.</exception>
    public async Task FinishAsync()
    {
        await pipe.Writer.CompleteAsync().ConfigureAwait(false);
        try
        {
            await storing.ConfigureAwait(false);
        }
        catch (Exception fault) when (GatewayStore.IsRefusal(fault))
        {
            throw new GatewayFault(GatewayText.CannotTransfer, endsConversation: true);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await pipe.Writer.CompleteAsync(new IOException("The file was not sent to its end.")).ConfigureAwait(false);
        try
        {
            await storing.ConfigureAwait(false);
        }
        catch (Exception fault) when (GatewayStore.IsRefusal(fault) || fault is OperationCanceledException)
        {
            // Said already, or the client has gone.
        }
    }

    private async Task<StoredItem> StoreAsync(
        VaultClient client,
        PutJournal journal,
        VaultPutOrder order,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await client.PutAsync(order, journal, null, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await pipe.Reader.CompleteAsync().ConfigureAwait(false);
        }
    }
}
