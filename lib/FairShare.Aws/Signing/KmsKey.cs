using Amazon.KeyManagementService;
using Amazon.KeyManagementService.Model;
using FairShare.Core.Keys;

namespace FairShare.Aws.Signing;

/// <summary>A key pair on P-256 in KMS.</summary>
/// <param name="client">The KMS client, with the function's own role.</param>
/// <param name="cmkId">The KMS key's ARN.</param>
public sealed class KmsKey(IAmazonKeyManagementService client, string cmkId)
{
    /// <summary>Reads the public key.</summary>
    public async Task<PublicKey> ReadPublicKeyAsync(CancellationToken cancellationToken)
    {
        var response = await client.GetPublicKeyAsync(new GetPublicKeyRequest { KeyId = cmkId }, cancellationToken);
        return PublicKey.FromSubjectPublicKeyInfo(response.PublicKey.ToArray());
    }

    /// <summary>What signs with it.</summary>
    public KmsSigner SignerOf(PublicKey key) => new(client, cmkId, key.Thumbprint);
}
