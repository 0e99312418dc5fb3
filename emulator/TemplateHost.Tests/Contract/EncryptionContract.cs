using System.ComponentModel;
using System.Text.Json.Nodes;
using TemplateHost.Tests.Contract.Targets;
using Xunit;

namespace TemplateHost.Tests.Contract;

/// <summary>What KMS promises of symmetric keys: https://docs.aws.amazon.com/kms/latest/APIReference/API_Encrypt.html.</summary>
[DisplayName("KMS encryption")]
public sealed class EncryptionContract(ContractTargets targets) : ServiceContract(targets)
{
    [Theory, OnEachTarget]
    public Task Ciphertext_Decrypted_IsThePlaintext(string on) =>
        HoldAsync(
            on,
            async kms =>
            {
                var (key, blob) = await EncryptAsync(kms, new() { ["a"] = "1", ["b"] = "2" });
                // Decrypt finds the key by the ciphertext, and the order of the context's members is none.
                var opened = await DecryptAsync(kms, blob, new() { ["b"] = "2", ["a"] = "1" });
                Assert.Equal([1, 2, 3], Convert.FromBase64String(opened.Text("Plaintext")));
                Assert.Equal(key, opened.Text("KeyId"));
            }
        );

    [Theory, OnEachTarget]
    public Task Ciphertext_UnderAnotherContext_IsInvalid(string on) =>
        HoldAsync(
            on,
            async kms =>
            {
                var (_, blob) = await EncryptAsync(kms, new() { ["a"] = "1" });
                Assert.Equal("InvalidCiphertextException", (await DecryptAsync(kms, blob, new() { ["a"] = "2" })).Code);
                Assert.Equal("InvalidCiphertextException", (await DecryptAsync(kms, blob, [])).Code);
            }
        );

    [Theory, OnEachTarget]
    public Task Ciphertext_Changed_IsInvalid(string on) =>
        HoldAsync(
            on,
            async kms =>
            {
                var (_, blob) = await EncryptAsync(kms, []);
                blob[^1] ^= 1;
                Assert.Equal("InvalidCiphertextException", (await DecryptAsync(kms, blob, [])).Code);
            }
        );

    [Theory, OnEachTarget]
    public Task Plaintext_OfMoreThan4096Octets_IsRefused(string on) =>
        HoldAsync(
            on,
            async kms =>
            {
                var key = await CreateAsync(kms);
                Assert.Null((await EncryptAsync(kms, key, new byte[4096], [])).Code);
                Assert.Equal("ValidationException", (await EncryptAsync(kms, key, new byte[4097], [])).Code);
            }
        );

    private static async Task<(string Key, byte[] Blob)> EncryptAsync(IContractTarget kms, JsonObject context)
    {
        var key = await CreateAsync(kms);
        return (key, Convert.FromBase64String((await EncryptAsync(kms, key, [1, 2, 3], context)).Text("CiphertextBlob")));
    }

    private static Task<ContractAnswer> EncryptAsync(IContractTarget kms, string key, byte[] plaintext, JsonObject context) =>
        kms.CallAsync(
            "kms",
            "Encrypt",
            new()
            {
                ["KeyId"] = key,
                ["Plaintext"] = Convert.ToBase64String(plaintext),
                ["EncryptionContext"] = context,
            }
        );

    private static Task<ContractAnswer> DecryptAsync(IContractTarget kms, byte[] blob, JsonObject context) =>
        kms.CallAsync("kms", "Decrypt", new() { ["CiphertextBlob"] = Convert.ToBase64String(blob), ["EncryptionContext"] = context });

    private static async Task<string> CreateAsync(IContractTarget kms) =>
        (await kms.CallAsync("kms", "CreateKey", []))["KeyMetadata"]!["Arn"]!.ToString();
}
