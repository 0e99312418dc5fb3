using FairShare.Core.Errors;
using FairShare.Core.Jose;

namespace FairShare.Exchange.Evidence;

/// <summary>Issues evidence.</summary>
public static class EvidenceIssuer
{
    /// <summary>Writes and signs a complete statement; a repeated call gives a token with the same hash and another signature.</summary>
    /// <exception cref="TokenException">The statement does not have exactly the members of its kind.</exception>
    /// <exception cref="ProtocolException"><c>invalid-signature-format</c>: the signer gave something else than 64 bytes.</exception>
    public static async ValueTask<EvidenceToken> IssueAsync(
        EvidenceStatement statement,
        ITokenSigner signer,
        CancellationToken cancellationToken = default
    )
    {
        var unsigned = UnsignedEvidence.Write(statement, signer.KeyId);
        return unsigned.Sign(await signer.SignAsync(unsigned.Octets, cancellationToken).ConfigureAwait(false));
    }
}
