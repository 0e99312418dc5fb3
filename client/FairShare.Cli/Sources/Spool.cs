using FairShare.Cli.Output;
using FairShare.Client.Files;

namespace FairShare.Cli.Sources;

/// <summary>Copies of what can be read only once, in a folder that only their owner may enter; each goes when it is done with.</summary>
/// <param name="folder">The folder; made when it is needed.</param>
/// <param name="limit">The most bytes of one copy.</param>
internal sealed class Spool(string folder, long limit)
{
    // What is left to everybody else on the disk.
    private const long Margin = 16 << 20;
    private const int BufferLength = 1 << 20;

    /// <summary>Copies a stream to its end.</summary>
    /// <returns>The copy's path.</returns>
    /// <exception cref="CommandException"><c>document-too-large</c>, <c>no-room</c>; nothing is left of the copy.</exception>
    public Task<string> CopyAsync(Stream stream, CancellationToken cancellationToken) =>
        WriteAsync(output => stream.CopyToAsync(output, BufferLength, cancellationToken));

    /// <summary>Writes a copy.</summary>
    /// <returns>The copy's path.</returns>
    /// <exception cref="CommandException"><c>document-too-large</c>, <c>no-room</c>; nothing is left of the copy.</exception>
    public async Task<string> WriteAsync(Func<Stream, Task> write)
    {
        PrivateFile.CreateFolder(folder);
        var path = Path.Combine(folder, Path.GetRandomFileName());
        var file = PrivateFile.Create(path, FileOptions.Asynchronous);
        try
        {
            await using (file)
            {
                await using var bounded = new BoundedStream(file, Check);
                await write(bounded);
            }

            return path;
        }
        catch
        {
            File.Delete(path);
            throw;
        }
    }

    private void Check(long length)
    {
        if (length > limit)
        {
            throw new CommandException(
                ExitCode.LocalFile,
                "document-too-large",
                $"More than {limit} bytes came.",
                "Nothing was sent. Give --max-size a higher limit if so much is meant."
            );
        }

        if (new DriveInfo(folder).AvailableFreeSpace < Margin)
        {
            throw new CommandException(
                ExitCode.LocalFile,
                "no-room",
                $"{folder} has no room for a copy of what comes.",
                "Nothing was sent, and the copy is deleted. Make room, or give a file."
            );
        }
    }

    /// <summary>Counts what is written before it is.</summary>
    private sealed class BoundedStream(Stream inner, Action<long> check) : Stream
    {
        private long length;

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => length;

        public override long Position
        {
            get => length;
            set => throw new NotSupportedException();
        }

        public override void Flush() => inner.Flush();

        public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count)
        {
            check(length += count);
            inner.Write(buffer, offset, count);
        }

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            check(length += buffer.Length);
            return inner.WriteAsync(buffer, cancellationToken);
        }
    }
}
