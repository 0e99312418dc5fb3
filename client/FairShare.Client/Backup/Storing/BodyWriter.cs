using System.IO.Pipelines;
using System.Security.Cryptography;
using FairShare.Backup.Bodies;
using FairShare.Backup.Curve;
using FairShare.Backup.Fec;
using FairShare.Core.Digests;
using FairShare.Core.Identifiers;
using FairShare.Vault.Objects;

namespace FairShare.Client.Backup.Storing;

/// <summary>Writes a backup's file, and spreads it over the bodies while it is written; nothing is kept on disk.</summary>
internal sealed class BodyWriter(BodyLayout layout, IReadOnlyList<Stream> bodies, IRandomness randomness)
{
    /// <summary>Writes everything.</summary>
    /// <returns>The file's octets and digest.</returns>
    public async Task<(long Size, Sha256Digest Digest)> WriteAsync(
        IVaultContent content,
        Scalar secret,
        IProgress<long>? progress,
        CancellationToken cancellationToken
    )
    {
        var pipe = new Pipe();
        var writing = Task.Factory.StartNew(
            () => Write(content, secret, pipe.Writer, progress, cancellationToken),
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default
        );
        try
        {
            var result = await SpreadAsync(pipe.Reader, cancellationToken).ConfigureAwait(false);
            await pipe.Reader.CompleteAsync().ConfigureAwait(false);
            return result;
        }
        catch (Exception fault)
        {
            await pipe.Reader.CompleteAsync(fault).ConfigureAwait(false);
            throw;
        }
        finally
        {
            await writing.ConfigureAwait(false);
        }
    }

    private void Write(
        IVaultContent content,
        Scalar secret,
        PipeWriter writer,
        IProgress<long>? progress,
        CancellationToken cancellationToken
    )
    {
        try
        {
            using var stream = writer.AsStream(leaveOpen: true);
            BackupFile.Write(content, secret, layout.Multiple, stream, randomness, progress, cancellationToken);
            writer.Complete();
        }
#pragma warning disable CA1031 // It is thrown where the pipe is read.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            writer.Complete(fault);
        }
    }

    private async Task<(long Size, Sha256Digest Digest)> SpreadAsync(PipeReader reader, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var splitter = layout.Code is { } code
            ? await FecSplitter.StartUnpaddedAsync(code, bodies, cancellationToken).ConfigureAwait(false)
            : null;
        var size = 0L;
        while (true)
        {
            var result = await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
            foreach (var segment in result.Buffer)
            {
                hash.AppendData(segment.Span);
                size += segment.Length;
                await SpreadAsync(splitter, segment, cancellationToken).ConfigureAwait(false);
            }

            reader.AdvanceTo(result.Buffer.End);
            if (result.IsCompleted)
            {
                break;
            }
        }

        if (splitter is not null)
        {
            await splitter.CompleteAsync(cancellationToken).ConfigureAwait(false);
        }

        return (size, Sha256Digest.FromBytes(hash.GetHashAndReset()));
    }

    private async ValueTask SpreadAsync(FecSplitter? splitter, ReadOnlyMemory<byte> octets, CancellationToken cancellationToken)
    {
        if (splitter is not null)
        {
            await splitter.WriteAsync(octets, cancellationToken).ConfigureAwait(false);
            return;
        }

        foreach (var body in bodies)
        {
            await body.WriteAsync(octets, cancellationToken).ConfigureAwait(false);
        }
    }
}
