using System.Security.Cryptography;

namespace FairShare.Core.Identifiers;

/// <summary>The injected source of randomness; a seeded one makes a run repeatable.</summary>
public interface IRandomness
{
    /// <summary>Fills the whole span with random bytes.</summary>
    void Fill(Span<byte> destination);
}

/// <summary>The operating system's cryptographic generator.</summary>
public sealed class SystemRandomness : IRandomness
{
    /// <inheritdoc/>
    public void Fill(Span<byte> destination) => RandomNumberGenerator.Fill(destination);
}
