using System.Buffers.Binary;
using System.Security.Cryptography;
using FairShare.Local.Hosting;

namespace FairShare.Local.Simulation;

/// <summary>Octets that follow from a seed: SHA-256 over seed and counter. For runs that must repeat, never for secrets.</summary>
/// <param name="seed">Equal seeds give equal octets, on every machine.</param>
public sealed class SeededRandomSource(int seed) : IRandomSource
{
    private readonly Lock gate = new();
    private readonly byte[] block = new byte[SHA256.HashSizeInBytes];
    private int left;
    private long counter;

    /// <inheritdoc/>
    public void Fill(Span<byte> destination)
    {
        lock (gate)
        {
            for (var position = 0; position < destination.Length; position++)
            {
                if (left == 0)
                {
                    Renew();
                }

                destination[position] = block[^left--];
            }
        }
    }

    private void Renew()
    {
        Span<byte> input = stackalloc byte[sizeof(int) + sizeof(long)];
        BinaryPrimitives.WriteInt32BigEndian(input, seed);
        BinaryPrimitives.WriteInt64BigEndian(input[sizeof(int)..], counter++);
        left = SHA256.HashData(input, block);
    }
}
