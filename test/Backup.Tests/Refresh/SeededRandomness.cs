using FairShare.Core.Identifiers;

namespace FairShare.Backup.Tests.Refresh;

/// <summary>Randomness that a seed repeats; for tests alone.</summary>
internal sealed class SeededRandomness(int seed) : IRandomness
{
    private readonly Random random = new(seed);

    public void Fill(Span<byte> destination) => random.NextBytes(destination);
}
