using System.ComponentModel;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using FairShare.Local.Tests.Contract.Targets;
using Xunit;

namespace FairShare.Local.Tests.Contract;

/// <summary>What KMS promises: https://docs.aws.amazon.com/kms/latest/APIReference/.</summary>
[DisplayName("KMS")]
public sealed class KmsContract(ContractTargets targets) : ServiceContract(targets)
{
    [Theory, OnEachTarget]
    public Task Signature_OfAMessage_VerifiesWithThePublicKey(string on) => HoldAsync(on, async kms =>
    {
        var key = await CreateAsync(kms);
        var signed = await SignAsync(kms, key, [1, 2, 3]);
        var publicKey = await kms.CallAsync("kms", "GetPublicKey", new() { ["KeyId"] = key });

        using var verifier = ECDsa.Create();
        verifier.ImportSubjectPublicKeyInfo(Convert.FromBase64String(publicKey.Text("PublicKey")), out _);
        Assert.True(verifier.VerifyData(new byte[] { 1, 2, 3 }, Convert.FromBase64String(signed.Text("Signature")), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));
    });

    [Theory, OnEachTarget]
    public Task Signature_OfADigest_VerifiesAsOfTheMessage(string on) => HoldAsync(on, async kms =>
    {
        var key = await CreateAsync(kms);
        var signed = await SignAsync(kms, key, SHA256.HashData([1, 2, 3]), "DIGEST");

        Assert.Equal("true", (await VerifyAsync(kms, key, [1, 2, 3], signed)).Text("SignatureValid"));
    });

    [Theory, OnEachTarget]
    public Task Digest_OfTheWrongLength_IsRefused(string on) => HoldAsync(on, async kms =>
        Assert.Equal("ValidationException", (await SignAsync(kms, await CreateAsync(kms), [1, 2, 3], "DIGEST")).Code));

    private static async Task<string> CreateAsync(IContractTarget kms, string spec = "ECC_NIST_P256", string usage = "SIGN_VERIFY") =>
        (await kms.CallAsync("kms", "CreateKey", new() { ["KeySpec"] = spec, ["KeyUsage"] = usage }))["KeyMetadata"]!["KeyId"]!.ToString();

    private static Task<ContractAnswer> SignAsync(IContractTarget kms, string key, byte[] message, string type = "RAW", string algorithm = "ECDSA_SHA_256") =>
        kms.CallAsync("kms", "Sign", new JsonObject
        {
            ["KeyId"] = key,
            ["Message"] = Convert.ToBase64String(message),
            ["MessageType"] = type,
            ["SigningAlgorithm"] = algorithm,
        });

    private static Task<ContractAnswer> VerifyAsync(IContractTarget kms, string key, byte[] message, ContractAnswer signed, string algorithm = "ECDSA_SHA_256") =>
        kms.CallAsync("kms", "Verify", new JsonObject
        {
            ["KeyId"] = key,
            ["Message"] = Convert.ToBase64String(message),
            ["Signature"] = signed.Text("Signature"),
            ["SigningAlgorithm"] = algorithm,
        });
}
