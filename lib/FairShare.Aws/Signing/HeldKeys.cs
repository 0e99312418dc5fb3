using Amazon.KeyManagementService;
using Amazon.KeyManagementService.Model;
using Amazon.Runtime;
using FairShare.Core.Identifiers;
using FairShare.Core.Keys;

namespace FairShare.Aws.Signing;

/// <summary>Keys that the store holds in KMS for parties who ask for it (the seed's way).</summary>
/// <param name="client">The KMS client, with the function's own role.</param>
/// <param name="tagName">The tag by which policies know such keys.</param>
/// <param name="tagValue">Its value.</param>
public sealed class HeldKeys(IAmazonKeyManagementService client, string tagName, string tagValue)
{
    private const string PartyTag = "fairshare:party";
    private const int DaysToDeletion = 30;

    /// <summary>Makes a key for a party; every call makes another.</summary>
    /// <returns>The KMS key's ARN.</returns>
    public async Task<string> CreateAsync(PartyId party, CancellationToken cancellationToken)
    {
        var created = await client.CreateKeyAsync(
            new CreateKeyRequest
            {
                KeySpec = KeySpec.ECC_NIST_P256,
                KeyUsage = KeyUsageType.SIGN_VERIFY,
                Description = $"Signs for the party {party}, when it asks",
                Tags = [new Tag { TagKey = tagName, TagValue = tagValue }, new Tag { TagKey = PartyTag, TagValue = party.ToString() }],
            },
            cancellationToken
        );
        return created.KeyMetadata.Arn;
    }

    /// <summary>Reads the public half.</summary>
    /// <returns>The key; null while KMS has not made the new key's tags known to policies, which may take minutes.</returns>
    public async Task<PublicKey?> FindPublicKeyAsync(string cmkId, CancellationToken cancellationToken)
    {
        try
        {
            var response = await client.GetPublicKeyAsync(new GetPublicKeyRequest { KeyId = cmkId }, cancellationToken);
            return PublicKey.FromSubjectPublicKeyInfo(response.PublicKey.ToArray());
        }
        catch (AmazonServiceException early) when (IsEarly(early))
        {
            return null;
        }
    }

    /// <summary>Signs with a held key.</summary>
    /// <returns>R‖S; null while KMS has not made the new key's tags known to policies.</returns>
    /// <exception cref="InvalidOperationException">The KMS key is another than the public one.</exception>
    public async Task<byte[]?> TrySignAsync(
        string cmkId,
        PublicKey key,
        ReadOnlyMemory<byte> signingInput,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var signature = await new KmsSigner(client, cmkId, key.Thumbprint).SignAsync(signingInput, cancellationToken);
            // Whatever the table says of the KMS key: nobody is given a signature of a key that is not the one that was asked for.
            return key.Verify(signingInput.Span, signature)
                ? signature
                : throw new InvalidOperationException("The KMS key is not the party's.");
        }
        catch (AmazonServiceException early) when (IsEarly(early))
        {
            return null;
        }
    }

    /// <summary>
    /// Has KMS delete a retired key in 30 days. Nothing is lost: the public half stays in the table. A repeat changes nothing.
    /// </summary>
    public async Task ScheduleDeletionAsync(string cmkId, CancellationToken cancellationToken)
    {
        try
        {
            await client.ScheduleKeyDeletionAsync(
                new ScheduleKeyDeletionRequest { KeyId = cmkId, PendingWindowInDays = DaysToDeletion },
                cancellationToken
            );
        }
        catch (AmazonServiceException done) when (done is KMSInvalidStateException or NotFoundException)
        {
            // It is scheduled already, or over.
        }
    }

    private static bool IsEarly(AmazonServiceException refusal) => refusal.ErrorCode == "AccessDeniedException";
}
