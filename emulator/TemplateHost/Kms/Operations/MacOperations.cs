using System.Security.Cryptography;
using System.Text.Json.Nodes;
using TemplateHost.Gateway;
using TemplateHost.Kernel;
using TemplateHost.Kms.Model;

namespace TemplateHost.Kms.Operations;

/// <summary>GenerateMac and VerifyMac, by keys of HMAC.</summary>
internal sealed class MacOperations(HostContext context, KeyAccess access)
{
    private const int LongestMessage = 4096;

    public Task<JsonObject> GenerateAsync(JsonCall call)
    {
        var key = Demand(call);
        var mac = MacOf(key, call);
        return Task.FromResult(Answer(key, "Mac", Convert.ToBase64String(mac)));
    }

    public Task<JsonObject> VerifyAsync(JsonCall call)
    {
        var key = Demand(call);
        var mac = KeyAccess.Octets(call, "Mac");
        return CryptographicOperations.FixedTimeEquals(mac, MacOf(key, call))
            ? Task.FromResult(Answer(key, "MacValid", true))
            // KMS sends this error without a message.
            : throw new AwsException("KMSInvalidMacException", "");
    }

    private KeyRecord Demand(JsonCall call)
    {
        var algorithm = KeyAccess.Required(call, "MacAlgorithm");
        var key = KeyAccess.DemandEnabled(access.Demand(call, new KeyValuePair<string, string>("kms:MacAlgorithm", algorithm)));
        if (key.Spec != KeySpec.Hmac256)
        {
            throw new AwsException(
                "InvalidKeyUsageException",
                $"{key.Arn} key usage is {key.Spec.Usage} which is not valid for {call.Right.Split(':')[^1]}."
            );
        }

        return algorithm == key.Spec.Algorithm
            ? key
            : throw new AwsException("InvalidKeyUsageException", $"Algorithm {algorithm} is incompatible with key spec {key.Spec.Name}.");
    }

    private byte[] MacOf(KeyRecord key, JsonCall call)
    {
        var message = KeyAccess.Octets(call, "Message");
        if (message.Length is 0 or > LongestMessage)
        {
            throw new AwsException(
                "ValidationException",
                "1 validation error detected: Value at 'message' failed to satisfy constraint: Member must have length less than or "
                    + $"equal to {LongestMessage}"
            );
        }

        context.Meter.Add("kms.symmetricOperation");
        return HMACSHA256.HashData(key.PrivateKey, message);
    }

    private static JsonObject Answer(KeyRecord key, string member, JsonNode value) =>
        new()
        {
            ["KeyId"] = key.Arn,
            [member] = value,
            ["MacAlgorithm"] = key.Spec.Algorithm,
        };
}
