using System.Text;
using Amazon.KeyManagementService;
using Amazon.KeyManagementService.Model;
using FairShare.Core.Identifiers;

namespace FairShare.Aws.Webhooks;

/// <summary>
/// The secrets of endpoints. None is stored: each is the MAC of its endpoint and generation, by a key that never leaves KMS.
/// </summary>
/// <param name="client">The KMS client, with the function's own role.</param>
/// <param name="keyId">The ARN of the HMAC key.</param>
public sealed class WebhookSecrets(IAmazonKeyManagementService client, string keyId)
{
    /// <summary>The secret of an endpoint: 32 octets; the same whenever it is asked for.</summary>
    public async Task<byte[]> DeriveAsync(WebhookId webhook, int generation, CancellationToken cancellationToken)
    {
        using var message = new MemoryStream(Encoding.UTF8.GetBytes($"fairshare webhook\n{webhook}\n{generation}"), writable: false);
        var request = new GenerateMacRequest
        {
            KeyId = keyId,
            MacAlgorithm = MacAlgorithmSpec.HMAC_SHA_256,
            Message = message,
        };
        return (await client.GenerateMacAsync(request, cancellationToken)).Mac.ToArray();
    }
}
