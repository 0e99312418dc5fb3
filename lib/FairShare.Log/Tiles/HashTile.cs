using FairShare.Core.Digests;
using FairShare.Core.Errors;

namespace FairShare.Log.Tiles;

/// <summary>The octets of a tile: its hashes, one after the other.</summary>
public static class HashTile
{
    /// <summary>Writes 32 octets a hash.</summary>
    public static byte[] Write(IReadOnlyList<Sha256Digest> hashes)
    {
        var content = new byte[hashes.Count * Sha256Digest.ByteLength];
        for (var place = 0; place < hashes.Count; place++)
        {
            hashes[place].ToBytes().CopyTo(content, place * Sha256Digest.ByteLength);
        }

        return content;
    }

    /// <summary>Reads a tile.</summary>
    /// <param name="content">The octets.</param>
    /// <param name="width">How many hashes there must be.</param>
    /// <exception cref="ProtocolException"><c>invalid-tile</c>: more or less than that.</exception>
    public static Sha256Digest[] Read(ReadOnlySpan<byte> content, int width)
    {
        if (content.Length != width * Sha256Digest.ByteLength)
        {
            throw new ProtocolException("invalid-tile", $"A tile of {width} hashes has {content.Length} octets.");
        }

        var hashes = new Sha256Digest[width];
        for (var place = 0; place < width; place++)
        {
            hashes[place] = Sha256Digest.FromBytes(content.Slice(place * Sha256Digest.ByteLength, Sha256Digest.ByteLength));
        }

        return hashes;
    }
}
