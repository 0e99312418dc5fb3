using FairShare.Protocol.Errors;
using FairShare.Protocol.Identifiers;

namespace FairShare.Protocol.Evidence;

/// <summary>A private key, wherever it is.</summary>
public interface IEvidenceSigner
{
    /// <summary>The key's thumbprint.</summary>
    KeyId KeyId { get; }

    /// <summary>Signs with ECDSA P-256 and SHA-256.</summary>
    /// <param name="signingInput">The octets to be signed, not hashed.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>64 bytes R‖S; a repeated call may give another, equally good.</returns>
    ValueTask<byte[]> SignAsync(ReadOnlyMemory<byte> signingInput, CancellationToken cancellationToken);
}

/// <summary>Issues evidence.</summary>
public static class EvidenceIssuer
{
    /// <summary>Writes and signs a complete statement; a repeated call gives a token with the same hash and another signature.</summary>
    /// <exception cref="EvidenceException">The statement does not have exactly the members of its kind.</exception>
    /// <exception cref="ProtocolException"><c>invalid-signature-format</c>: the signer gave something else than 64 bytes.</exception>
    public static async ValueTask<EvidenceToken> IssueAsync(
        EvidenceStatement statement,
        IEvidenceSigner signer,
        CancellationToken cancellationToken = default
    )
    {
        var unsigned = UnsignedEvidence.Write(statement, signer.KeyId);
        return unsigned.Sign(await signer.SignAsync(unsigned.Octets, cancellationToken).ConfigureAwait(false));
    }
}
