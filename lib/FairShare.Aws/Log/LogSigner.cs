using System.Text;
using Amazon.KeyManagementService;
using Amazon.KeyManagementService.Model;
using FairShare.Log.Notes;

namespace FairShare.Aws.Log;

/// <summary>The log's Ed25519 key in KMS. One text has one signature, so a repeat signs the same.</summary>
/// <param name="client">The KMS client, with the function's own role.</param>
/// <param name="cmkId">The KMS key's ARN.</param>
/// <param name="origin">The log's origin, the key's name.</param>
public sealed class LogSigner(IAmazonKeyManagementService client, string cmkId, string origin)
{
    // The names that the SDK's enumeration may not have yet.
    private static readonly SigningAlgorithmSpec Algorithm = new("ED25519_SHA_512");

    private NoteKey? key;

    /// <summary>The log's origin.</summary>
    public string Origin => origin;

    /// <summary>The public key, fetched once for the life of this object.</summary>
    public async Task<NoteKey> GetKeyAsync(CancellationToken cancellationToken)
    {
        if (key is null)
        {
            var response = await client.GetPublicKeyAsync(new GetPublicKeyRequest { KeyId = cmkId }, cancellationToken);
            key = NoteKey.FromSubjectPublicKeyInfo(origin, NoteKeyKind.Ed25519, response.PublicKey.ToArray());
        }

        return key;
    }

    /// <summary>Signs a checkpoint's text, of 4096 octets at most.</summary>
    public async Task<NoteSignature> SignAsync(string text, CancellationToken cancellationToken)
    {
        using var message = new MemoryStream(Encoding.UTF8.GetBytes(text));
        var response = await client.SignAsync(
            new SignRequest
            {
                KeyId = cmkId,
                Message = message,
                MessageType = MessageType.RAW,
                SigningAlgorithm = Algorithm,
            },
            cancellationToken
        );
        return NoteSignature.Of(await GetKeyAsync(cancellationToken), response.Signature.ToArray());
    }
}
