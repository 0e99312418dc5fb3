using System.ComponentModel;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using TemplateHost.Tests.Contract.Targets;
using Xunit;

namespace TemplateHost.Tests.Contract;

/// <summary>What KMS promises: https://docs.aws.amazon.com/kms/latest/APIReference/.</summary>
[DisplayName("KMS")]
public sealed class KmsContract(ContractTargets targets) : ServiceContract(targets)
{
    [Theory, OnEachTarget]
    public Task Signature_OfAMessage_VerifiesWithThePublicKey(string on) =>
        HoldAsync(
            on,
            async kms =>
            {
                var key = await CreateAsync(kms);
                var signed = await SignAsync(kms, key, [1, 2, 3]);
                var publicKey = await kms.CallAsync("kms", "GetPublicKey", new() { ["KeyId"] = key });

                using var verifier = ECDsa.Create();
                verifier.ImportSubjectPublicKeyInfo(Convert.FromBase64String(publicKey.Text("PublicKey")), out _);
                Assert.True(
                    verifier.VerifyData(
                        new byte[] { 1, 2, 3 },
                        Convert.FromBase64String(signed.Text("Signature")),
                        HashAlgorithmName.SHA256,
                        DSASignatureFormat.Rfc3279DerSequence
                    )
                );
            }
        );

    [Theory, OnEachTarget]
    public Task Signature_OfADigest_VerifiesAsOfTheMessage(string on) =>
        HoldAsync(
            on,
            async kms =>
            {
                var key = await CreateAsync(kms);
                var signed = await SignAsync(kms, key, SHA256.HashData([1, 2, 3]), "DIGEST");

                Assert.Equal("true", (await VerifyAsync(kms, key, [1, 2, 3], signed)).Text("SignatureValid"));
            }
        );

    /// <summary>Ed25519 needs no randomness, so that one message has one signature.</summary>
    [Theory, OnEachTarget]
    public Task Ed25519_OfAMessage_IsOneSignatureThatVerifies(string on) =>
        HoldAsync(
            on,
            async kms =>
            {
                var key = await CreateAsync(kms, "ECC_NIST_EDWARDS25519");
                var signed = await SignAsync(kms, key, [1, 2, 3], algorithm: "ED25519_SHA_512");
                var signature = Convert.FromBase64String(signed.Text("Signature"));
                Assert.Equal(64, signature.Length);
                Assert.Equal(
                    signed.Text("Signature"),
                    (await SignAsync(kms, key, [1, 2, 3], algorithm: "ED25519_SHA_512")).Text("Signature")
                );
                var publicKey = await kms.CallAsync("kms", "GetPublicKey", new() { ["KeyId"] = key });
                Assert.Equal("ECC_NIST_EDWARDS25519", publicKey.Text("KeySpec"));
                Assert.Contains("ED25519_SHA_512", publicKey["SigningAlgorithms"]!.AsArray().Select(algorithm => algorithm!.ToString()));
                var spki = Convert.FromBase64String(publicKey.Text("PublicKey"));
                var verifier = new Org.BouncyCastle.Crypto.Signers.Ed25519Signer();
                verifier.Init(forSigning: false, Org.BouncyCastle.Security.PublicKeyFactory.CreateKey(spki));
                verifier.BlockUpdate([1, 2, 3], 0, 3);
                Assert.True(verifier.VerifySignature(signature));
                Assert.Equal("true", (await VerifyAsync(kms, key, [1, 2, 3], signed, "ED25519_SHA_512")).Text("SignatureValid"));
                Assert.Equal("KMSInvalidSignatureException", (await VerifyAsync(kms, key, [1, 2], signed, "ED25519_SHA_512")).Code);
            }
        );

    [Theory, OnEachTarget]
    public Task Ed25519_OfADigestOrAnotherAlgorithm_IsRefused(string on) =>
        HoldAsync(
            on,
            async kms =>
            {
                var key = await CreateAsync(kms, "ECC_NIST_EDWARDS25519");
                Assert.Equal("ValidationException", (await SignAsync(kms, key, new byte[64], "DIGEST", "ED25519_SHA_512")).Code);
                Assert.Equal("InvalidKeyUsageException", (await SignAsync(kms, key, [1])).Code);
            }
        );

    [Theory, OnEachTarget]
    public Task Digest_OfTheWrongLength_IsRefused(string on) =>
        HoldAsync(
            on,
            async kms => Assert.Equal("ValidationException", (await SignAsync(kms, await CreateAsync(kms), [1, 2, 3], "DIGEST")).Code)
        );

    [Theory, OnEachTarget]
    public Task Signature_OfAnotherMessage_IsAnError(string on) =>
        HoldAsync(
            on,
            async kms =>
            {
                var key = await CreateAsync(kms);
                Assert.Equal("KMSInvalidSignatureException", (await VerifyAsync(kms, key, [2], await SignAsync(kms, key, [1]))).Code);
            }
        );

    [Theory, OnEachTarget]
    public Task Message_OfMoreThan4096Octets_IsRefused(string on) =>
        HoldAsync(
            on,
            async kms =>
            {
                var key = await CreateAsync(kms);
                Assert.Null((await SignAsync(kms, key, new byte[4096])).Code);
                Assert.Equal("ValidationException", (await SignAsync(kms, key, new byte[4097])).Code);
            }
        );

    [Theory, OnEachTarget]
    public Task Algorithm_OfAnotherKind_IsInvalidKeyUsage(string on) =>
        HoldAsync(
            on,
            async kms =>
                Assert.Equal(
                    "InvalidKeyUsageException",
                    (await SignAsync(kms, await CreateAsync(kms), [1], algorithm: "RSASSA_PSS_SHA_256")).Code
                )
        );

    [Theory, OnEachTarget]
    public Task Key_Described_IsWhatWasMade(string on) =>
        HoldAsync(
            on,
            async kms =>
            {
                var made = (
                    await kms.CallAsync(
                        "kms",
                        "CreateKey",
                        new()
                        {
                            ["KeySpec"] = "ECC_NIST_P256",
                            ["KeyUsage"] = "SIGN_VERIFY",
                            ["Description"] = "seal",
                        }
                    )
                )["KeyMetadata"]!;
                var key = (await kms.CallAsync("kms", "DescribeKey", new() { ["KeyId"] = made["Arn"]!.ToString() }))["KeyMetadata"]!;
                Assert.Equal(made["KeyId"]!.ToString(), key["KeyId"]!.ToString());
                Assert.EndsWith($":key/{key["KeyId"]}", key["Arn"]!.ToString(), StringComparison.Ordinal);
                Assert.Equal(
                    ("ECC_NIST_P256", "SIGN_VERIFY", "Enabled", "CUSTOMER", "AWS_KMS", "seal"),
                    (
                        key["KeySpec"]!.ToString(),
                        key["KeyUsage"]!.ToString(),
                        key["KeyState"]!.ToString(),
                        key["KeyManager"]!.ToString(),
                        key["Origin"]!.ToString(),
                        key["Description"]!.ToString()
                    )
                );
                Assert.Equal("""["ECDSA_SHA_256"]""", key["SigningAlgorithms"]!.ToJsonString());
                Assert.Contains(
                    made["KeyId"]!.ToString(),
                    (await kms.CallAsync("kms", "ListKeys", []))["Keys"]!.AsArray().Select(listed => listed!["KeyId"]!.ToString())
                );
            }
        );

    [Theory, OnEachTarget]
    public Task Key_Disabled_DoesNotSignUntilEnabled(string on) =>
        HoldAsync(
            on,
            async kms =>
            {
                var key = await CreateAsync(kms);
                await kms.CallAsync("kms", "DisableKey", new() { ["KeyId"] = key });
                Assert.Equal("DisabledException", (await SignAsync(kms, key, [1])).Code);
                Assert.Equal("DisabledException", (await kms.CallAsync("kms", "GetPublicKey", new() { ["KeyId"] = key })).Code);
                await kms.CallAsync("kms", "EnableKey", new() { ["KeyId"] = key });
                Assert.Null((await SignAsync(kms, key, [1])).Code);
            }
        );

    [Theory, OnEachTarget]
    public Task Key_PendingDeletion_DoesNotSign(string on) =>
        HoldAsync(
            on,
            async kms =>
            {
                var key = await CreateAsync(kms);
                var scheduled = await kms.CallAsync("kms", "ScheduleKeyDeletion", new() { ["KeyId"] = key, ["PendingWindowInDays"] = 7 });
                Assert.Equal(("PendingDeletion", "7"), (scheduled.Text("KeyState"), scheduled.Text("PendingWindowInDays")));
                Assert.Equal("KMSInvalidStateException", (await SignAsync(kms, key, [1])).Code);
                Assert.Equal("KMSInvalidStateException", (await kms.CallAsync("kms", "EnableKey", new() { ["KeyId"] = key })).Code);
            }
        );

    [Theory, OnEachTarget]
    public Task Key_WhoseDeletionIsCancelled_IsDisabled(string on) =>
        HoldAsync(
            on,
            async kms =>
            {
                var key = await CreateAsync(kms);
                await kms.CallAsync("kms", "ScheduleKeyDeletion", new() { ["KeyId"] = key, ["PendingWindowInDays"] = 7 });
                await kms.CallAsync("kms", "CancelKeyDeletion", new() { ["KeyId"] = key });
                Assert.Equal(
                    "Disabled",
                    (await kms.CallAsync("kms", "DescribeKey", new() { ["KeyId"] = key }))["KeyMetadata"]!["KeyState"]!.ToString()
                );
                Assert.Equal("KMSInvalidStateException", (await kms.CallAsync("kms", "CancelKeyDeletion", new() { ["KeyId"] = key })).Code);
            }
        );

    [Theory, OnEachTarget]
    public Task Deletion_InLessThanSevenDays_IsRefused(string on) =>
        HoldAsync(
            on,
            async kms =>
                Assert.Equal(
                    "ValidationException",
                    (
                        await kms.CallAsync(
                            "kms",
                            "ScheduleKeyDeletion",
                            new() { ["KeyId"] = await CreateAsync(kms), ["PendingWindowInDays"] = 6 }
                        )
                    ).Code
                )
        );

    [Theory, OnEachTarget]
    public Task Key_ThatIsNot_IsNotFoundByItsArn(string on) =>
        HoldAsync(
            on,
            async kms =>
            {
                var existing = (await kms.CallAsync("kms", "DescribeKey", new() { ["KeyId"] = await CreateAsync(kms) }))["KeyMetadata"]!;
                const string None = "00000000-0000-0000-0000-000000000000";
                var refused = await kms.CallAsync("kms", "DescribeKey", new() { ["KeyId"] = None });
                var arn = existing["Arn"]!.ToString().Replace(existing["KeyId"]!.ToString(), None, StringComparison.Ordinal);
                Assert.Equal(("NotFoundException", $"Key '{arn}' does not exist"), (refused.Code, refused.Message));
            }
        );

    [Theory, OnEachTarget]
    public Task Alias_ThatIsNot_IsNotFoundByItsArn(string on) =>
        HoldAsync(
            on,
            async kms =>
            {
                var arn = (await kms.CallAsync("kms", "DescribeKey", new() { ["KeyId"] = await CreateAsync(kms) }))["KeyMetadata"]![
                    "Arn"
                ]!.ToString();
                var refused = await SignAsync(kms, "alias/none", [1]);
                Assert.Equal(
                    ("NotFoundException", $"Alias {arn[..arn.LastIndexOf(':')]}:alias/none is not found."),
                    (refused.Code, refused.Message)
                );
            }
        );

    [Theory, OnEachTarget]
    public Task Alias_OfAKey_StandsForItAndMoves(string on) =>
        HoldAsync(
            on,
            async kms =>
            {
                var (first, second) = (await CreateAsync(kms), await CreateAsync(kms));
                await kms.CallAsync("kms", "CreateAlias", new() { ["AliasName"] = "alias/seal", ["TargetKeyId"] = first });
                Assert.EndsWith(first, (await SignAsync(kms, "alias/seal", [1])).Text("KeyId"), StringComparison.Ordinal);
                Assert.Equal(
                    "AlreadyExistsException",
                    (await kms.CallAsync("kms", "CreateAlias", new() { ["AliasName"] = "alias/seal", ["TargetKeyId"] = second })).Code
                );
                await kms.CallAsync("kms", "UpdateAlias", new() { ["AliasName"] = "alias/seal", ["TargetKeyId"] = second });
                Assert.EndsWith(second, (await SignAsync(kms, "alias/seal", [1])).Text("KeyId"), StringComparison.Ordinal);
                var listed = (await kms.CallAsync("kms", "ListAliases", new() { ["KeyId"] = second }))["Aliases"]!.AsArray();
                Assert.Equal("alias/seal", Assert.Single(listed)!["AliasName"]!.ToString());
                await kms.CallAsync("kms", "DeleteAlias", new() { ["AliasName"] = "alias/seal" });
                Assert.Equal("NotFoundException", (await SignAsync(kms, "alias/seal", [1])).Code);
            }
        );

    [Theory, OnEachTarget]
    public Task Alias_OfAWrongName_IsRefused(string on) =>
        HoldAsync(
            on,
            async kms =>
            {
                var key = await CreateAsync(kms);
                Assert.Equal(
                    "NotAuthorizedException",
                    (await kms.CallAsync("kms", "CreateAlias", new() { ["AliasName"] = "alias/aws/mine", ["TargetKeyId"] = key })).Code
                );
                Assert.Equal(
                    "ValidationException",
                    (await kms.CallAsync("kms", "CreateAlias", new() { ["AliasName"] = "mine", ["TargetKeyId"] = key })).Code
                );
                Assert.Equal(
                    "NotFoundException",
                    (await kms.CallAsync("kms", "UpdateAlias", new() { ["AliasName"] = "alias/none", ["TargetKeyId"] = key })).Code
                );
            }
        );

    [Theory, OnEachTarget]
    public Task Tags_AddedAndRemoved_AreListed(string on) =>
        HoldAsync(
            on,
            async kms =>
            {
                var key = await CreateAsync(kms);
                await kms.CallAsync(
                    "kms",
                    "TagResource",
                    new() { ["KeyId"] = key, ["Tags"] = new JsonArray(Tag("a", "1"), Tag("b", "2")) }
                );
                await kms.CallAsync("kms", "TagResource", new() { ["KeyId"] = key, ["Tags"] = new JsonArray(Tag("a", "3")) });
                await kms.CallAsync("kms", "UntagResource", new() { ["KeyId"] = key, ["TagKeys"] = new JsonArray("b") });
                var tags = (await kms.CallAsync("kms", "ListResourceTags", new() { ["KeyId"] = key }))["Tags"]!.AsArray();
                Assert.Equal(("a", "3"), (Assert.Single(tags)!["TagKey"]!.ToString(), tags[0]!["TagValue"]!.ToString()));
            }
        );

    [Theory, OnEachTarget]
    public Task Policy_PutOnAKey_IsShown(string on) =>
        HoldAsync(
            on,
            async kms =>
            {
                var key = await CreateAsync(kms);
                const string Policy = """
                    {"Version":"2012-10-17","Statement":[{"Sid":"mine","Effect":"Allow","Principal":"*","Action":"kms:*",
                      "Resource":"*"}]}
                    """;
                Assert.Null(
                    (
                        await kms.CallAsync(
                            "kms",
                            "PutKeyPolicy",
                            new()
                            {
                                ["KeyId"] = key,
                                ["PolicyName"] = "default",
                                ["Policy"] = Policy,
                            }
                        )
                    ).Code
                );
                var shown = (await kms.CallAsync("kms", "GetKeyPolicy", new() { ["KeyId"] = key, ["PolicyName"] = "default" })).Text(
                    "Policy"
                );
                Assert.Equal("mine", JsonNode.Parse(shown)!["Statement"]![0]!["Sid"]!.ToString());
            }
        );

    private static JsonObject Tag(string key, string value) => new() { ["TagKey"] = key, ["TagValue"] = value };

    private static async Task<string> CreateAsync(IContractTarget kms, string spec = "ECC_NIST_P256", string usage = "SIGN_VERIFY") =>
        (await kms.CallAsync("kms", "CreateKey", new() { ["KeySpec"] = spec, ["KeyUsage"] = usage }))["KeyMetadata"]!["KeyId"]!.ToString();

    private static Task<ContractAnswer> SignAsync(
        IContractTarget kms,
        string key,
        byte[] message,
        string type = "RAW",
        string algorithm = "ECDSA_SHA_256"
    ) =>
        kms.CallAsync(
            "kms",
            "Sign",
            new JsonObject
            {
                ["KeyId"] = key,
                ["Message"] = Convert.ToBase64String(message),
                ["MessageType"] = type,
                ["SigningAlgorithm"] = algorithm,
            }
        );

    private static Task<ContractAnswer> VerifyAsync(
        IContractTarget kms,
        string key,
        byte[] message,
        ContractAnswer signed,
        string algorithm = "ECDSA_SHA_256"
    ) =>
        kms.CallAsync(
            "kms",
            "Verify",
            new JsonObject
            {
                ["KeyId"] = key,
                ["Message"] = Convert.ToBase64String(message),
                ["Signature"] = signed.Text("Signature"),
                ["SigningAlgorithm"] = algorithm,
            }
        );

    [Theory, OnEachTarget]
    public Task Aliases_ListedInPages_ComeOnceEach(string on) =>
        HoldAsync(
            on,
            async target =>
            {
                var key = await CreateAsync(target);
                foreach (var name in new[] { "alias/a", "alias/b", "alias/c" })
                {
                    await target.CallAsync("kms", "CreateAlias", new JsonObject { ["AliasName"] = name, ["TargetKeyId"] = key });
                }

                var (seen, input) = (new List<string>(), new JsonObject { ["KeyId"] = key, ["Limit"] = 2 });
                for (
                    var page = await target.CallAsync("kms", "ListAliases", input);
                    ;
                    page = await target.CallAsync("kms", "ListAliases", input)
                )
                {
                    seen.AddRange(page["Aliases"]!.AsArray().Select(alias => alias!["AliasName"]!.ToString()));
                    Assert.InRange(page["Aliases"]!.AsArray().Count, 1, 2);
                    if (page["NextMarker"]?.ToString() is not { } marker)
                    {
                        break;
                    }

                    input["Marker"] = marker;
                }

                Assert.Equal(["alias/a", "alias/b", "alias/c"], seen.Order());
            }
        );
}
