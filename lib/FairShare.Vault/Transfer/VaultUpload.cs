using FairShare.Core.Digests;
using FairShare.Vault.Objects;

namespace FairShare.Vault.Transfer;

/// <summary>
/// Uploads an object in parts: each is encrypted once, hashed, recorded, and only then sent. A run that was interrupted is run again with
/// the recorded state: the content is encrypted again, and must become the same parts as far as they were recorded.
/// </summary>
public static class VaultUpload
{
    /// <summary>Runs an upload. Three parts are in memory at most, whatever the size of the content.</summary>
    /// <param name="content">What is stored.</param>
    /// <param name="state">A new state, or one that was recorded.</param>
    /// <param name="sink">Records states and sends parts.</param>
    /// <param name="progress">Is told the bytes of content that are encrypted.</param>
    /// <param name="cancellationToken">Ends the upload with an exception; it can be resumed.</param>
    public static async Task<UploadResult> RunAsync(
        IVaultContent content,
        UploadState state,
        IUploadSink sink,
        IProgress<long>? progress = null,
        CancellationToken cancellationToken = default
    )
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var parts = new PartBuffers(state.PartSize, ending.Token);
        var writing = Task.Factory.StartNew(
            () => Write(content, state, parts, progress, ending.Token),
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default
        );
        try
        {
            return await SendAsync(parts, state, sink, ending.Token);
        }
        finally
        {
            await ending.CancelAsync();
            await writing;
        }
    }

    // What it throws reaches the sender, through the parts.
    private static void Write(
        IVaultContent content,
        UploadState state,
        PartBuffers parts,
        IProgress<long>? progress,
        CancellationToken cancellationToken
    )
    {
        try
        {
            VaultObject.Write(content, state.Compression, state.Envelope, parts, progress, cancellationToken);
            parts.Complete();
        }
        catch (Exception fault)
        {
            parts.Fail(fault);
        }
    }

    private static async Task<UploadResult> SendAsync(
        PartBuffers parts,
        UploadState state,
        IUploadSink sink,
        CancellationToken cancellationToken
    )
    {
        using var hasher = new DocumentHasher(state.PartSize);
        var sending = new PartsInFlight(parts, sink, cancellationToken);
        var recorded = state.PartDigests.Count;
        try
        {
            await foreach (var (bytes, isLast) in parts.ReadAllAsync())
            {
                hasher.Append(bytes);
                var composite = isLast ? hasher.Finish() : null;
                var number = hasher.PartDigests.Count;
                var digest = hasher.PartDigests[^1];
                var wasRecorded = number <= recorded;
                if (wasRecorded && (state.PartDigests[number - 1] != digest || (isLast && number < recorded)))
                {
                    return new UploadResult.ContentChanged(number);
                }

                if (!wasRecorded)
                {
                    state = state with { PartDigests = [.. state.PartDigests, digest] };
                    await sink.RecordAsync(state, cancellationToken);
                }

                await sending.AddAsync(new(number, bytes, digest, isLast, wasRecorded));
                if (composite is not null)
                {
                    var whole = number == 1 ? DocumentDigest.Whole(digest) : composite;
                    return new UploadResult.Completed(whole, hasher.Length, hasher.PartDigests);
                }
            }
        }
        finally
        {
            await sending.EndAsync();
        }

        throw new InvalidOperationException("The parts ended without a last one.");
    }
}
