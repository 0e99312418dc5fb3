using System.Security.Cryptography;
using FairShare.Core.Identifiers;

namespace FairShare.Vault.Tests.Support;

/// <summary>Random bytes that are the same in every run: SHA-256 of a seed and a counter.</summary>
internal sealed class CountedRandomness(int seed) : IRandomness
{
    private int counter;

    public void Fill(Span<byte> destination)
    {
        while (!destination.IsEmpty)
        {
            var block = SHA256.HashData([.. BitConverter.GetBytes(seed), .. BitConverter.GetBytes(counter++)]);
            var length = Math.Min(block.Length, destination.Length);
            block.AsSpan(0, length).CopyTo(destination);
            destination = destination[length..];
        }
    }

    public byte[] Bytes(int length)
    {
        var bytes = new byte[length];
        Fill(bytes);
        return bytes;
    }
}
