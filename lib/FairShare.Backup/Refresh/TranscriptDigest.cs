using System.Buffers.Binary;
using System.Security.Cryptography;
using FairShare.Core.Digests;

namespace FairShare.Backup.Refresh;

/// <summary>SHA-256 over a list of texts, each after its length in four octets, so that no two lists have the same octets.</summary>
internal static class TranscriptDigest
{
    public static Sha256Digest Of(IEnumerable<byte[]> parts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> length = stackalloc byte[sizeof(int)];
        foreach (var part in parts)
        {
            BinaryPrimitives.WriteInt32BigEndian(length, part.Length);
            hash.AppendData(length);
            hash.AppendData(part);
        }

        return Sha256Digest.FromBytes(hash.GetHashAndReset());
    }
}
