using System.Security.Cryptography;
using System.Text.Json.Nodes;
using TemplateHost.Gateway;
using TemplateHost.Kernel;
using TemplateHost.Kms.Model;

namespace TemplateHost.Kms.Operations;

/// <summary>Sign, Verify, GetPublicKey. Signatures of ECDSA are DER, as KMS gives them.</summary>
internal sealed class SignatureOperations(HostContext context, KeyAccess access)
{
    private const int LongestMessage = 4096;

    public Task<JsonObject> SignAsync(JsonCall call)
    {
        var key = Demand(call);
        var input = Input(call, key.Spec);
        context.Meter.Add("kms.eccOperation");
        return Task.FromResult(
            new JsonObject
            {
                ["KeyId"] = key.Arn,
                ["Signature"] = Convert.ToBase64String(key.Pair.Sign(input)),
                ["SigningAlgorithm"] = key.Spec.Algorithm,
            }
        );
    }

    public Task<JsonObject> VerifyAsync(JsonCall call)
    {
        var key = Demand(call);
        var (input, signature) = (Input(call, key.Spec), KeyAccess.Octets(call, "Signature"));
        context.Meter.Add("kms.eccOperation");
        if (!key.Pair.Verifies(input, signature))
        {
            // KMS sends this error without a message.
            throw new AwsException("KMSInvalidSignatureException", "");
        }

        return Task.FromResult(
            new JsonObject
            {
                ["KeyId"] = key.Arn,
                ["SignatureValid"] = true,
                ["SigningAlgorithm"] = key.Spec.Algorithm,
            }
        );
    }

    public Task<JsonObject> GetPublicKeyAsync(JsonCall call)
    {
        var key = KeyAccess.DemandEnabled(access.Demand(call));
        DemandSigning(key, "GetPublicKey");
        context.Meter.Add("kms.eccOperation");
        return Task.FromResult(
            new JsonObject
            {
                ["KeyId"] = key.Arn,
                ["PublicKey"] = Convert.ToBase64String(key.PublicKey),
                ["CustomerMasterKeySpec"] = key.Spec.Name,
                ["KeySpec"] = key.Spec.Name,
                ["KeyUsage"] = key.Spec.Usage,
                ["SigningAlgorithms"] = new JsonArray(key.Spec.Algorithm),
            }
        );
    }

    private KeyRecord Demand(JsonCall call)
    {
        var algorithm = KeyAccess.Required(call, "SigningAlgorithm");
        var key = access.Demand(
            call,
            new("kms:SigningAlgorithm", algorithm),
            new("kms:MessageType", call.Input["MessageType"]?.ToString() ?? "RAW")
        );
        KeyAccess.DemandEnabled(key);
        DemandSigning(key, call.Right.Split(':')[^1]);
        return algorithm == key.Spec.Algorithm
            ? key
            : throw new AwsException("InvalidKeyUsageException", $"Algorithm {algorithm} is incompatible with key spec {key.Spec.Name}.");
    }

    private static void DemandSigning(KeyRecord key, string operation)
    {
        if (!key.Spec.Signs)
        {
            throw operation == "GetPublicKey"
                ? new AwsException("UnsupportedOperationException", $"{key.Arn} has no public key.")
                : new AwsException(
                    "InvalidKeyUsageException",
                    $"{key.Arn} key usage is {key.Spec.Usage} which is not valid for {operation}."
                );
        }
    }

    /// <summary>What the key signs: the digest, or where it hashes for itself the message.</summary>
    private static byte[] Input(JsonCall call, KeySpec spec)
    {
        var message = KeyAccess.Octets(call, "Message");
        switch (call.Input["MessageType"]?.ToString() ?? "RAW")
        {
            case "RAW" when message.Length is > 0 and <= LongestMessage:
                return spec.SignsDigests ? SHA256.HashData(message) : message;
            case "DIGEST" when !spec.SignsDigests:
                throw new AwsException("ValidationException", $"MessageType must be RAW for algorithm {spec.Algorithm}.");
            case "DIGEST" when message.Length == 32:
                return message;
            case "DIGEST":
                throw new AwsException("ValidationException", "Digest is invalid length for algorithm ECDSA_SHA_256.");
            case "RAW":
                throw new AwsException(
                    "ValidationException",
                    "1 validation error detected: Value at 'message' failed to satisfy constraint: Member must have length less "
                        + $"than or equal to {LongestMessage}"
                );
            case var type:
                throw new AwsException("ValidationException", $"The MessageType {type} is not served by the embedded host.");
        }
    }
}
