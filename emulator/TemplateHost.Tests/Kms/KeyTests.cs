using System.Security.Cryptography;
using Amazon.KeyManagementService;
using Amazon.KeyManagementService.Model;
using TemplateHost.Testing;
using Xunit;

namespace TemplateHost.Tests.Kms;

public sealed class KeyTests
{
    private const string Template = """
        { "Resources": {
          "Signer": { "Type": "AWS::IAM::Role", "Properties": {
            "AssumeRolePolicyDocument": { "Statement": [ { "Effect": "Allow", "Action": "sts:AssumeRole",
              "Principal": { "Service": "lambda.amazonaws.com" } } ] },
            "Policies": [ { "PolicyName": "sign", "PolicyDocument": { "Statement": [
              { "Effect": "Allow", "Action": "kms:Sign", "Resource": "*",
                "Condition": { "StringEquals": { "aws:ResourceTag/held": "yes" } } },
              { "Effect": "Allow", "Action": ["kms:CreateKey", "kms:TagResource"], "Resource": "*",
                "Condition": { "StringEquals": { "aws:RequestTag/held": "yes" } } } ] } } ] } },
          "Closed": { "Type": "AWS::KMS::Key", "Properties": { "KeySpec": "ECC_NIST_P256", "KeyUsage": "SIGN_VERIFY",
            "Tags": [ { "Key": "held", "Value": "yes" } ],
            "KeyPolicy": { "Statement": [ { "Effect": "Allow", "Principal": { "AWS": "arn:aws:iam::000000000000:role/nobody" },
              "Action": "kms:*", "Resource": "*" } ] } } } },
          "Outputs": { "Closed": { "Value": { "Ref": "Closed" } } } }
        """;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Sign_RawOrDigest_VerifiesOutsideOfKms(bool digest)
    {
        await using var host = await SdkHost.StartAsync(Template);
        using var kms = Client(host, host.Root);
        var keyId = await CreateAsync(kms);
        var message = "what is signed"u8.ToArray();

        var signed = await kms.SignAsync(
            new()
            {
                KeyId = keyId,
                SigningAlgorithm = SigningAlgorithmSpec.ECDSA_SHA_256,
                MessageType = digest ? MessageType.DIGEST : MessageType.RAW,
                Message = new MemoryStream(digest ? SHA256.HashData(message) : message),
            }
        );
        var publicKey = await kms.GetPublicKeyAsync(new GetPublicKeyRequest { KeyId = keyId });

        using var verifier = ECDsa.Create();
        verifier.ImportSubjectPublicKeyInfo(publicKey.PublicKey.ToArray(), out _);
        Assert.True(
            verifier.VerifyData(message, signed.Signature.ToArray(), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence)
        );
        var verified = await kms.VerifyAsync(
            new()
            {
                KeyId = keyId,
                SigningAlgorithm = SigningAlgorithmSpec.ECDSA_SHA_256,
                Message = new MemoryStream(message),
                Signature = signed.Signature,
            }
        );
        Assert.True(verified.SignatureValid);
    }

    [Fact]
    public async Task Verify_OfAnotherMessage_IsAnError()
    {
        await using var host = await SdkHost.StartAsync(Template);
        using var kms = Client(host, host.Root);
        var keyId = await CreateAsync(kms);
        var signed = await kms.SignAsync(Request(keyId));

        await Assert.ThrowsAsync<KMSInvalidSignatureException>(() =>
            kms.VerifyAsync(
                new()
                {
                    KeyId = keyId,
                    SigningAlgorithm = SigningAlgorithmSpec.ECDSA_SHA_256,
                    Message = new MemoryStream([9]),
                    Signature = signed.Signature,
                }
            )
        );
    }

    [Fact]
    public async Task Sign_ByTag_IsAllowedOnlyWithTheTag()
    {
        await using var host = await SdkHost.StartAsync(Template);
        using var root = Client(host, host.Root);
        using var signer = Client(host, SdkHost.Of(host.Host.CredentialsFor("Signer")));
        var keyId = (
            await signer.CreateKeyAsync(
                new()
                {
                    KeySpec = KeySpec.ECC_NIST_P256,
                    KeyUsage = KeyUsageType.SIGN_VERIFY,
                    Tags = [new() { TagKey = "held", TagValue = "yes" }],
                }
            )
        ).KeyMetadata.KeyId;

        await signer.SignAsync(Request(keyId));
        var untagged = await Assert.ThrowsAnyAsync<AmazonKeyManagementServiceException>(async () =>
            await signer.SignAsync(Request(await CreateAsync(root)))
        );
        var uncreated = await Assert.ThrowsAnyAsync<AmazonKeyManagementServiceException>(() => CreateAsync(signer));

        Assert.Equal(("AccessDeniedException", "AccessDeniedException"), (untagged.ErrorCode, uncreated.ErrorCode));
        Assert.Contains("is not authorized to perform: kms:CreateKey on resource: *", uncreated.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sign_KeyPolicyNamesOthers_IsDeniedToTheAccount()
    {
        await using var host = await SdkHost.StartAsync(Template);
        using var root = Client(host, host.Root);
        using var signer = Client(host, SdkHost.Of(host.Host.CredentialsFor("Signer")));

        var byRole = await Assert.ThrowsAnyAsync<AmazonKeyManagementServiceException>(() =>
            signer.SignAsync(Request(host.Host.Outputs["Closed"]))
        );
        var byRoot = await Assert.ThrowsAnyAsync<AmazonKeyManagementServiceException>(() =>
            root.SignAsync(Request(host.Host.Outputs["Closed"]))
        );

        Assert.Contains("because no resource-based policy allows the kms:Sign action", byRole.Message, StringComparison.Ordinal);
        Assert.Equal("AccessDeniedException", byRoot.ErrorCode);
    }

    [Fact]
    public async Task Alias_OfKey_StandsForIt()
    {
        await using var host = await SdkHost.StartAsync(Template);
        using var kms = Client(host, host.Root);
        var (first, second) = (await CreateAsync(kms), await CreateAsync(kms));
        await kms.CreateAliasAsync("alias/seal", first);
        await kms.UpdateAliasAsync("alias/seal", second);

        Assert.EndsWith(second, (await kms.SignAsync(Request("alias/seal"))).KeyId, StringComparison.Ordinal);
        await kms.DeleteAliasAsync("alias/seal");
        await Assert.ThrowsAsync<NotFoundException>(() => kms.SignAsync(Request("alias/seal")));
    }

    [Fact]
    public async Task Sign_WithUnusableKey_SaysWhy()
    {
        await using var host = await SdkHost.StartAsync(Template);
        using var kms = Client(host, host.Root);
        var keyId = await CreateAsync(kms);

        await kms.DisableKeyAsync(keyId);
        await Assert.ThrowsAsync<DisabledException>(() => kms.SignAsync(Request(keyId)));
        await kms.ScheduleKeyDeletionAsync(keyId, 7);
        await Assert.ThrowsAsync<KMSInvalidStateException>(() => kms.SignAsync(Request(keyId)));
        await Assert.ThrowsAsync<NotFoundException>(() => kms.SignAsync(Request("00000000-0000-0000-0000-000000000000")));
        await Assert.ThrowsAsync<UnsupportedOperationException>(() => kms.CreateKeyAsync(new() { KeySpec = KeySpec.RSA_2048 }));
    }

    private static AmazonKeyManagementServiceClient Client(SdkHost host, Amazon.Runtime.AWSCredentials credentials) =>
        new(credentials, host.Configure(new AmazonKeyManagementServiceConfig()));

    private static async Task<string> CreateAsync(AmazonKeyManagementServiceClient kms) =>
        (await kms.CreateKeyAsync(new() { KeySpec = KeySpec.ECC_NIST_P256, KeyUsage = KeyUsageType.SIGN_VERIFY })).KeyMetadata.KeyId;

    private static SignRequest Request(string keyId) =>
        new()
        {
            KeyId = keyId,
            SigningAlgorithm = SigningAlgorithmSpec.ECDSA_SHA_256,
            Message = new MemoryStream([1, 2, 3]),
        };
}
