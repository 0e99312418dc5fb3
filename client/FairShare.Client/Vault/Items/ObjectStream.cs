using System.Net;
using FairShare.Client.Transfers;
using FairShare.Vault.Streams;

namespace FairShare.Client.Vault.Items;

/// <summary>
/// An object while it is downloaded. Where the connection breaks, it goes on from there by another one, and asks for a fresh URL where the
/// old one has expired. It gives up after five attempts without a new byte, and where nothing comes for as long as one waits.
/// </summary>
internal sealed class ObjectStream(
    OpenedItem item,
    ObjectStoreClient store,
    TimeProvider time,
    Action<TransferProgress>? progress,
    CancellationToken cancellationToken
) : ReadOnlyStream
{
    private const int IdleAttempts = 5;
    private const int BufferLength = 1 << 17;

    private readonly byte[] arrived = new byte[BufferLength];
    private HttpResponseMessage? response;
    private Stream? body;
    private long done;

    // Of the body in the object: a server that knows no ranges begins anew.
    private long position;
    private int idle;

    // Whoever decrypts and extracts has a thread of its own, which waits here for the network.
    public override int Read(Span<byte> buffer)
    {
        var read = ReadAsync(arrived.AsMemory(0, Math.Min(buffer.Length, arrived.Length)), cancellationToken)
            .AsTask()
            .GetAwaiter()
            .GetResult();
        arrived.AsSpan(0, read).CopyTo(buffer);
        return read;
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (done < item.Answer.Size)
        {
            try
            {
                return Count(await TryReadAsync(buffer, cancellationToken).ConfigureAwait(false));
            }
            catch (Exception fault) when (IsOfTheWay(fault, cancellationToken))
            {
                Disconnect();
                if (++idle == IdleAttempts)
                {
                    throw fault is TransferProblem
                        ? fault
                        : new HttpRequestException("The object store breaks off, again and again.", fault);
                }

                await Task.Delay(TimeSpan.FromMilliseconds(100 << idle), time, cancellationToken).ConfigureAwait(false);
                await item.RenewAsync(cancellationToken).ConfigureAwait(false);
            }
        }

        return 0;
    }

    protected override void Dispose(bool disposing)
    {
        Disconnect();
        base.Dispose(disposing);
    }

    private static bool IsOfTheWay(Exception fault, CancellationToken cancellationToken) =>
        fault is HttpRequestException or IOException or TransferProblem { Status: (int)HttpStatusCode.Forbidden or >= 500 }
        && !cancellationToken.IsCancellationRequested;

    private async Task<int> TryReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        using var stall = new CancellationTokenSource(store.Patience, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, stall.Token);
        try
        {
            body ??= await ConnectAsync(stop.Token).ConfigureAwait(false);
            while (position < done)
            {
                var known = (int)Math.Min(buffer.Length, done - position);
                position += await ReadBodyAsync(buffer[..known], stop.Token).ConfigureAwait(false);
                stall.CancelAfter(store.Patience);
            }

            var read = await ReadBodyAsync(buffer, stop.Token).ConfigureAwait(false);
            position += read;
            return read;
        }
        catch (OperationCanceledException) when (stall.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw TransferProblem.OfStall(store.Patience);
        }
    }

    private async Task<int> ReadBodyAsync(Memory<byte> buffer, CancellationToken stop) =>
        await body!.ReadAsync(buffer, stop).ConfigureAwait(false) is > 0 and var read
            ? read
            : throw new IOException("The object store sent fewer bytes than the object has.");

    private async Task<Stream> ConnectAsync(CancellationToken stop)
    {
        response = await store.GetAsync(item.Answer.Url!, done, stop).ConfigureAwait(false);
        if (!response.IsSuccessStatusCode)
        {
            throw await ObjectStoreClient.ReadProblemAsync(response, stop).ConfigureAwait(false);
        }

        var range = response.Content.Headers.ContentRange;
        var length = range?.Length ?? response.Content.Headers.ContentLength;
        position = range?.From ?? 0;
        return position <= done && length == item.Answer.Size
            ? await response.Content.ReadAsStreamAsync(stop).ConfigureAwait(false)
            : throw new VaultProblem(VaultProblem.OtherObject, "The stored object has not the length that the service says.");
    }

    private int Count(int read)
    {
        idle = 0;
        done += read;
        progress?.Invoke(new(TransferPhase.Downloading, done, item.Answer.Size));
        return read;
    }

    private void Disconnect()
    {
        response?.Dispose();
        (response, body) = (null, null);
    }
}
