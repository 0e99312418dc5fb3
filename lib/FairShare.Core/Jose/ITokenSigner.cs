using FairShare.Core.Identifiers;

namespace FairShare.Core.Jose;

/// <summary>A private key, wherever it is.</summary>
public interface ITokenSigner
{
    /// <summary>The key's thumbprint.</summary>
    KeyId KeyId { get; }

    /// <summary>Signs with ECDSA P-256 and SHA-256.</summary>
    /// <param name="signingInput">The octets to be signed, not hashed.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>64 bytes R‖S; a repeated call may give another, equally good.</returns>
    ValueTask<byte[]> SignAsync(ReadOnlyMemory<byte> signingInput, CancellationToken cancellationToken);
}
