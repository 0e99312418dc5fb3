using Amazon.KeyManagementService;
using Amazon.KeyManagementService.Model;
using FairShare.Aws.Signing;
using FairShare.Backup.Records;
using FairShare.Core.Keys;

namespace FairShare.Aws.Backup;

/// <summary>A peer's seal: a KMS key that signs what the peer says.</summary>
/// <param name="client">The KMS client, with the function's own role.</param>
/// <param name="cmkId">The KMS key's ARN.</param>
public sealed class PeerSeal(IAmazonKeyManagementService client, string cmkId)
{
    private PublicKey? key;

    /// <summary>The public key, fetched once for the life of this object.</summary>
    public async Task<PublicKey> GetKeyAsync(CancellationToken cancellationToken) =>
        key ??= PublicKey.FromSubjectPublicKeyInfo(
            (await client.GetPublicKeyAsync(new GetPublicKeyRequest { KeyId = cmkId }, cancellationToken)).PublicKey.ToArray()
        );

    /// <summary>Signs a record.</summary>
    public async Task<BackupRecord> SignAsync(RecordKind kind, RecordMembers members, CancellationToken cancellationToken)
    {
        var signer = new KmsSigner(client, cmkId, (await GetKeyAsync(cancellationToken)).Thumbprint);
        return await BackupRecord.SignAsync(kind, members, signer, cancellationToken);
    }
}
