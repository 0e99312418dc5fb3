using Amazon.KeyManagementService;
using Amazon.KeyManagementService.Model;

namespace FairShare.Aws.Backup;

/// <summary>A symmetric key of KMS under which a peer's secret numbers lie; what they are of is part of the encryption.</summary>
/// <param name="client">The KMS client, with the function's own role.</param>
/// <param name="cmkId">The KMS key's ARN.</param>
public sealed class ShareWrapping(IAmazonKeyManagementService client, string cmkId)
{
    private const string ContextName = "fairshare:of";

    /// <summary>Wraps octets.</summary>
    /// <param name="octets">1 to 4096 of them.</param>
    /// <param name="of">What they are of, for example a backup's id.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    public async Task<byte[]> WrapAsync(byte[] octets, string of, CancellationToken cancellationToken)
    {
        using var plaintext = new MemoryStream(octets);
        var request = new EncryptRequest
        {
            KeyId = cmkId,
            Plaintext = plaintext,
            EncryptionContext = new() { [ContextName] = of },
        };
        return (await client.EncryptAsync(request, cancellationToken)).CiphertextBlob.ToArray();
    }

    /// <summary>Unwraps octets.</summary>
    /// <exception cref="InvalidCiphertextException">They were not wrapped by this key, or are of something else.</exception>
    public async Task<byte[]> UnwrapAsync(byte[] wrapped, string of, CancellationToken cancellationToken)
    {
        using var ciphertext = new MemoryStream(wrapped);
        var request = new DecryptRequest
        {
            KeyId = cmkId,
            CiphertextBlob = ciphertext,
            EncryptionContext = new() { [ContextName] = of },
        };
        return (await client.DecryptAsync(request, cancellationToken)).Plaintext.ToArray();
    }
}
