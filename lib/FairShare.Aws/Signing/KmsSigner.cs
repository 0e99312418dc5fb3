using System.Security.Cryptography;
using Amazon.KeyManagementService;
using Amazon.KeyManagementService.Model;
using FairShare.Core.Identifiers;
using FairShare.Core.Jose;
using FairShare.Core.Keys;

namespace FairShare.Aws.Signing;

/// <summary>A private key in KMS.</summary>
/// <param name="client">The KMS client, with the function's own role.</param>
/// <param name="cmkId">The KMS key's ARN.</param>
/// <param name="keyId">The thumbprint of its public key.</param>
public sealed class KmsSigner(IAmazonKeyManagementService client, string cmkId, KeyId keyId) : ITokenSigner
{
    /// <inheritdoc/>
    public KeyId KeyId => keyId;

    /// <inheritdoc/>
    public async ValueTask<byte[]> SignAsync(ReadOnlyMemory<byte> signingInput, CancellationToken cancellationToken)
    {
        // A digest, because KMS takes at most 4096 octets of message.
        using var digest = new MemoryStream(SHA256.HashData(signingInput.Span));
        var response = await client.SignAsync(
            new SignRequest
            {
                KeyId = cmkId,
                Message = digest,
                MessageType = MessageType.DIGEST,
                SigningAlgorithm = SigningAlgorithmSpec.ECDSA_SHA_256,
            },
            cancellationToken
        );
        return EcdsaSignatureFormat.FromDer(response.Signature.ToArray());
    }
}
