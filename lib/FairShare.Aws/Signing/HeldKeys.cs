using Amazon.KeyManagementService;
using Amazon.KeyManagementService.Model;
using FairShare.Protocol.Identifiers;
using FairShare.Protocol.Keys;

namespace FairShare.Aws.Signing;

/// <summary>Keys that the store holds in KMS for parties who ask for it (the seed's way).</summary>
/// <param name="client">The KMS client, with the function's own role.</param>
/// <param name="tagName">The tag by which policies know such keys.</param>
/// <param name="tagValue">Its value.</param>
public sealed class HeldKeys(IAmazonKeyManagementService client, string tagName, string tagValue)
{
    /// <summary>Makes a key for a party; every call makes another.</summary>
    public async Task<(string CmkId, PublicKey Key)> CreateAsync(PartyId party, CancellationToken cancellationToken)
    {
        var created = await client.CreateKeyAsync(
            new CreateKeyRequest
            {
                KeySpec = KeySpec.ECC_NIST_P256,
                KeyUsage = KeyUsageType.SIGN_VERIFY,
                Description = $"Signs for the party {party}, when it asks",
                Tags = [new Tag { TagKey = tagName, TagValue = tagValue }],
            },
            cancellationToken);
        var cmkId = created.KeyMetadata.Arn;
        var response = await client.GetPublicKeyAsync(new GetPublicKeyRequest { KeyId = cmkId }, cancellationToken);
        return (cmkId, PublicKey.FromSubjectPublicKeyInfo(response.PublicKey.ToArray()));
    }

    /// <summary>The private half of a held key.</summary>
    public KmsSigner SignerOf(string cmkId, KeyId keyId) => new(client, cmkId, keyId);
}
