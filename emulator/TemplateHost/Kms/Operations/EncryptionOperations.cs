using System.Text.Json.Nodes;
using TemplateHost.Gateway;
using TemplateHost.Kernel;
using TemplateHost.Kms.Model;

namespace TemplateHost.Kms.Operations;

/// <summary>Encrypt and Decrypt, by symmetric keys.</summary>
internal sealed class EncryptionOperations(HostContext context, KeyAccess access)
{
    private const int LongestPlaintext = 4096;

    public Task<JsonObject> EncryptAsync(JsonCall call)
    {
        var encryptionContext = ContextOf(call);
        var key = Demand(call, encryptionContext);
        var plaintext = KeyAccess.Octets(call, "Plaintext");
        if (plaintext.Length is 0 or > LongestPlaintext)
        {
            throw new AwsException(
                "ValidationException",
                "1 validation error detected: Value at 'plaintext' failed to satisfy constraint: Member must have length less than or "
                    + $"equal to {LongestPlaintext}"
            );
        }

        context.Meter.Add("kms.symmetricOperation");
        var blob = SymmetricCipher.Encrypt(key, plaintext, encryptionContext, context.Random);
        return Task.FromResult(Answer(key, "CiphertextBlob", blob));
    }

    public Task<JsonObject> DecryptAsync(JsonCall call)
    {
        var (encryptionContext, blob) = (ContextOf(call), KeyAccess.Octets(call, "CiphertextBlob"));
        var keyId = SymmetricCipher.KeyIdOf(blob) ?? throw InvalidCiphertext();
        var named = call.Input["KeyId"]?.ToString();
        call.Input["KeyId"] = named ?? keyId;
        var key = Demand(call, encryptionContext);
        if (key.KeyId != keyId)
        {
            throw new AwsException(
                "IncorrectKeyException",
                "The key ID in the request does not identify a CMK that can perform this operation."
            );
        }

        context.Meter.Add("kms.symmetricOperation");
        var plaintext = SymmetricCipher.TryDecrypt(key, blob, encryptionContext) ?? throw InvalidCiphertext();
        return Task.FromResult(Answer(key, "Plaintext", plaintext));
    }

    private KeyRecord Demand(JsonCall call, Dictionary<string, string> encryptionContext)
    {
        var algorithm = call.Input["EncryptionAlgorithm"]?.ToString() ?? KeySpec.Symmetric.Algorithm;
        var conditions = encryptionContext
            .Select(pair => KeyValuePair.Create($"kms:EncryptionContext:{pair.Key}", pair.Value))
            .Append(new("kms:EncryptionAlgorithm", algorithm))
            .ToArray();
        var key = KeyAccess.DemandEnabled(access.Demand(call, conditions));
        return key.Spec == KeySpec.Symmetric && algorithm == KeySpec.Symmetric.Algorithm
            ? key
            : throw new AwsException(
                "InvalidKeyUsageException",
                $"{key.Arn} key usage is {key.Spec.Usage} which is not valid for {call.Right.Split(':')[^1]}."
            );
    }

    private static Dictionary<string, string> ContextOf(JsonCall call) =>
        call.Input["EncryptionContext"] is JsonObject given
            ? given.ToDictionary(pair => pair.Key, pair => pair.Value?.ToString() ?? "")
            : [];

    private static JsonObject Answer(KeyRecord key, string member, byte[] octets) =>
        new()
        {
            ["KeyId"] = key.Arn,
            [member] = Convert.ToBase64String(octets),
            ["EncryptionAlgorithm"] = KeySpec.Symmetric.Algorithm,
        };

    // KMS sends this error without a message.
    private static AwsException InvalidCiphertext() => new("InvalidCiphertextException", "");
}
