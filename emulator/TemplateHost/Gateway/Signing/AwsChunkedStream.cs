using System.Globalization;
using System.Security.Cryptography;
using TemplateHost.Kernel;

namespace TemplateHost.Gateway.Signing;

/// <summary>
/// Unwraps an <c>aws-chunked</c> body: <c>size[;chunk-signature=…]CRLF octets CRLF</c>, a chunk of size 0, then trailers.
/// Chunk signatures, where the payload is signed, are verified as the chunks pass; trailers are put into the request's trailer table.
/// </summary>
internal sealed class AwsChunkedStream(Stream inner, ChunkSignatures? signatures, IDictionary<string, string> trailers, long? decodedLength)
    : ReadOnlyStream
{
    private const int MostTrailers = 16;

    private readonly LineReader reader = new(inner);
    private readonly IncrementalHash chunkHash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long left;
    private long total;
    private string chunkSignature = "";
    private bool inChunk;
    private bool ended;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.Length == 0 || ended)
        {
            return 0;
        }

        if (left == 0 && !await NextChunkAsync(cancellationToken))
        {
            return 0;
        }

        var read = await reader.ReadAsync(buffer[..(int)Math.Min(buffer.Length, left)], cancellationToken);
        if (read == 0)
        {
            throw Incomplete();
        }

        chunkHash.AppendData(buffer.Span[..read]);
        left -= read;
        total += read;
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        chunkHash.Dispose();
        base.Dispose(disposing);
    }

    private async ValueTask<bool> NextChunkAsync(CancellationToken cancellationToken)
    {
        if (inChunk)
        {
            _ = await reader.ReadLineAsync(cancellationToken) ?? throw Incomplete();
            VerifyChunk();
        }

        var header = (await reader.ReadLineAsync(cancellationToken) ?? throw Incomplete()).Split(';', 2);
        if (!long.TryParse(header[0], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out left) || left < 0)
        {
            throw Incomplete();
        }

        inChunk = true;
        chunkSignature = header.Length == 2 ? header[1].Replace("chunk-signature=", "", StringComparison.Ordinal) : "";
        if (left > 0)
        {
            return true;
        }

        VerifyChunk();
        await ReadTrailersAsync(cancellationToken);
        ended = true;
        return decodedLength is null || decodedLength == total ? false : throw Incomplete();
    }

    private void VerifyChunk() => signatures?.Verify(Convert.ToHexStringLower(chunkHash.GetHashAndReset()), chunkSignature);

    private async ValueTask ReadTrailersAsync(CancellationToken cancellationToken)
    {
        var lines = new List<KeyValuePair<string, string>>();
        while (await reader.ReadLineAsync(cancellationToken) is { Length: > 0 } line)
        {
            if (lines.Count == MostTrailers)
            {
                throw Incomplete();
            }

            var parts = line.Split(':', 2);
            lines.Add(new(parts[0].Trim().ToLowerInvariant(), parts.Length == 2 ? parts[1].Trim() : ""));
        }

        signatures?.VerifyTrailers(lines);
        foreach (var (name, value) in lines)
        {
            trailers[name] = value;
        }
    }

    private static AwsException Incomplete() =>
        new("IncompleteBody", "You did not provide the number of bytes specified by the Content-Length HTTP header.");
}
