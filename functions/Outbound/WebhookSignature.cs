using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace FairShare.Functions.Outbound;

/// <summary>
/// The signatures of Standard Webhooks: HMAC with SHA-256 of id, time and body
/// (https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md).
/// </summary>
internal static class WebhookSignature
{
    private const string SecretPrefix = "whsec_";

    /// <summary>A secret as its owner is given it.</summary>
    public static string WriteSecret(byte[] key) => SecretPrefix + Convert.ToBase64String(key);

    /// <summary>The header <c>webhook-timestamp</c>: whole seconds since 1970.</summary>
    public static string WriteTime(DateTimeOffset at) => at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    /// <summary>The header <c>webhook-signature</c>: one signature a key, with blanks between.</summary>
    /// <param name="messageId">The header <c>webhook-id</c>.</param>
    /// <param name="time">The header <c>webhook-timestamp</c>.</param>
    /// <param name="body">The body as it is sent.</param>
    /// <param name="keys">The keys that are good now.</param>
    public static string Sign(string messageId, string time, byte[] body, IEnumerable<byte[]> keys)
    {
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{messageId}.{time}."), .. body];
        return string.Join(' ', keys.Select(key => "v1," + Convert.ToBase64String(HMACSHA256.HashData(key, signed))));
    }
}
