using TemplateHost.S3.Model;
using TemplateHost.Storage;

namespace TemplateHost.S3.Operations;

/// <summary>Streams a range of an object out of its files.</summary>
internal sealed class BlobSender
{
    private readonly List<(FileStream File, long Length)> segments = [];

    /// <summary>Opens the files at once: a version deleted while it is sent is still sent whole.</summary>
    public BlobSender(BlobFolder blobs, ObjectVersion version, ByteRange range)
    {
        long start = 0;
        foreach (var part in version.Parts)
        {
            var (first, last) = (Math.Max(range.First, start) - start, Math.Min(range.Last, start + part.Size - 1) - start);
            if (first <= last)
            {
                var file = blobs.Open(part.Blob);
                file.Position = first;
                segments.Add((file, last - first + 1));
            }

            start += part.Size;
        }
    }

    public async Task WriteAsync(Stream destination, CancellationToken cancellationToken)
    {
        var buffer = new byte[Math.Clamp(segments.Sum(segment => segment.Length), 1, BlobFolder.Block)];
        try
        {
            foreach (var (file, length) in segments)
            {
                await CopyAsync(file, length, destination, buffer, cancellationToken);
            }
        }
        finally
        {
            segments.ForEach(segment => segment.File.Dispose());
        }
    }

    private static async Task CopyAsync(
        FileStream file,
        long length,
        Stream destination,
        byte[] buffer,
        CancellationToken cancellationToken
    )
    {
        for (var left = length; left > 0; )
        {
            var read = await file.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, left)), cancellationToken);
            if (read == 0)
            {
                throw new EndOfStreamException($"The file {file.Name} is shorter than its object.");
            }

            await destination.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            left -= read;
        }
    }
}
