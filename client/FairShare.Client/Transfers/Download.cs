using System.Buffers;
using System.Net;
using FairShare.Client.Files;
using FairShare.Core.Digests;

namespace FairShare.Client.Transfers;

/// <summary>What is to be downloaded, and to where.</summary>
/// <param name="Place">Where it goes.</param>
/// <param name="Size">Bytes, as the evidence says.</param>
/// <param name="Digest">The digest, as the evidence says.</param>
internal sealed record DownloadOrder(DownloadPlace Place, long Size, DocumentDigest Digest);

/// <summary>
/// Downloads through presigned URLs: goes on where an earlier attempt ended, asks for a fresh URL when one has expired, and gives the file
/// its name only when its size and digest are those of the evidence.
/// </summary>
/// <param name="store">The object store.</param>
/// <param name="time">The clock of waits and stalls.</param>
internal sealed class Download(ObjectStoreClient store, TimeProvider time)
{
    private const int IdleAttempts = 5;
    private const int BufferLength = 1 << 17;

    /// <summary>Downloads; an existing target is never overwritten.</summary>
    /// <param name="order">What, and to where.</param>
    /// <param name="url">Gives a presigned URL; asked again when one is refused.</param>
    /// <param name="progress">Told of every buffer.</param>
    /// <param name="cancellationToken">Stops it; what came stays in its place.</param>
    /// <exception cref="TransferProblem"><c>digest-mismatch</c>, <c>size-mismatch</c>, or a refusal of S3.</exception>
    /// <exception cref="IOException">The target exists, or cannot be written.</exception>
    public async Task RunAsync(
        DownloadOrder order,
        Func<CancellationToken, Task<string>> url,
        Action<TransferProgress>? progress,
        CancellationToken cancellationToken
    )
    {
        var resumed = order.Place.File.Length > 0;
        var matches = await FetchAsync(order, url, progress, cancellationToken).ConfigureAwait(false);
        if (!matches && resumed)
        {
            // The fault may lie in what an earlier run left behind; fresh bytes decide.
            matches = await FetchAsync(order, url, progress, cancellationToken).ConfigureAwait(false);
        }

        if (!matches)
        {
            throw new TransferProblem(
                TransferProblem.DigestMismatch,
                0,
                "The received bytes are not those that the evidence describes; they were deleted."
            );
        }

        order.Place.Finish();
    }

    private async Task<bool> FetchAsync(
        DownloadOrder order,
        Func<CancellationToken, Task<string>> url,
        Action<TransferProgress>? progress,
        CancellationToken cancellationToken
    )
    {
        using var sink = await DownloadSink.OpenAsync(order, progress, cancellationToken).ConfigureAwait(false);
        // Counted by the furthest point ever reached: a server that makes us start over and over gets no further.
        var (idle, furthest) = (0, sink.Length);
        while (sink.Length < order.Size)
        {
            var fault = await TryFetchRestAsync(order, sink, await url(cancellationToken).ConfigureAwait(false), cancellationToken)
                .ConfigureAwait(false);
            idle = sink.Length > furthest ? 0 : idle + 1;
            furthest = Math.Max(furthest, sink.Length);
            if (fault is not null && idle == IdleAttempts)
            {
                throw fault;
            }

            if (fault is not null)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100 << idle), time, cancellationToken).ConfigureAwait(false);
            }
        }

        return sink.Finish();
    }

    private async Task<Exception?> TryFetchRestAsync(
        DownloadOrder order,
        DownloadSink sink,
        string url,
        CancellationToken cancellationToken
    )
    {
        using var stall = new CancellationTokenSource(store.Patience, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, stall.Token);
        try
        {
            using var response = await store.GetAsync(url, sink.Length, stop.Token).ConfigureAwait(false);
            if (!response.IsSuccessStatusCode)
            {
                var problem = await ObjectStoreClient.ReadProblemAsync(response, stop.Token).ConfigureAwait(false);
                return problem.Status is 403 or >= 500 ? problem : throw problem;
            }

            if (response.StatusCode != HttpStatusCode.PartialContent || response.Content.Headers.ContentRange?.From != sink.Length)
            {
                sink.StartOver();
            }

            await CopyAsync(response, sink, () => stall.CancelAfter(store.Patience), stop.Token).ConfigureAwait(false);
            return sink.Length == order.Size
                ? null
                : new TransferProblem("cut-short", 0, "The object store sent fewer bytes than the evidence says there are.");
        }
        catch (Exception fault)
            when (fault is HttpRequestException or IOException and not FolderProblem && !cancellationToken.IsCancellationRequested)
        {
            return fault;
        }
        catch (OperationCanceledException) when (stall.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            // Waited for long enough; whoever runs the command again goes on from here.
            throw TransferProblem.OfStall(store.Patience);
        }
    }

    private static async Task CopyAsync(HttpResponseMessage response, DownloadSink sink, Action goesOn, CancellationToken stop)
    {
        var body = await response.Content.ReadAsStreamAsync(stop).ConfigureAwait(false);
        await using (body.ConfigureAwait(false))
        {
            var buffer = ArrayPool<byte>.Shared.Rent(BufferLength);
            try
            {
                int count;
                while ((count = await body.ReadAsync(buffer, stop).ConfigureAwait(false)) > 0)
                {
                    goesOn();
                    await sink.WriteAsync(buffer.AsMemory(0, count), stop).ConfigureAwait(false);
                }
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(buffer);
            }
        }
    }
}
