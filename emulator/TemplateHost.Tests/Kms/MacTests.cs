using Amazon.KeyManagementService;
using Amazon.KeyManagementService.Model;
using TemplateHost.Testing;
using Xunit;

namespace TemplateHost.Tests.Kms;

/// <summary>What KMS promises of keys of HMAC: https://docs.aws.amazon.com/kms/latest/APIReference/API_GenerateMac.html.</summary>
public sealed class MacTests
{
    private const string Template = """
        { "Resources": { "Secrets": { "Type": "AWS::KMS::Key", "Properties": {
            "KeySpec": "HMAC_256", "KeyUsage": "GENERATE_VERIFY_MAC" } } },
          "Outputs": { "Key": { "Value": { "Ref": "Secrets" } } } }
        """;

    [Fact]
    public async Task Mac_OfOneMessage_IsTheSameAndOfAnotherDiffers()
    {
        await using var host = await SdkHost.StartAsync(Template);
        using var kms = Client(host);
        var key = host.Host.Outputs["Key"];

        var mac = await MacAsync(kms, key, [1]);

        Assert.Equal(32, mac.Length);
        Assert.Equal(mac, await MacAsync(kms, key, [1]));
        Assert.NotEqual(mac, await MacAsync(kms, key, [2]));
        Assert.NotEqual(mac, await MacAsync(kms, await CreateAsync(kms), [1]));
    }

    [Fact]
    public async Task VerifyMac_OfItsMessage_HoldsAndOfAnotherIsAnError()
    {
        await using var host = await SdkHost.StartAsync(Template);
        using var kms = Client(host);
        var key = host.Host.Outputs["Key"];
        var mac = await MacAsync(kms, key, [1]);

        Assert.True((await kms.VerifyMacAsync(Verification(key, [1], mac))).MacValid);
        await Assert.ThrowsAsync<KMSInvalidMacException>(() => kms.VerifyMacAsync(Verification(key, [2], mac)));
    }

    [Fact]
    public async Task DescribeKey_OfHmac_HasItsSpecAndAlgorithm()
    {
        await using var host = await SdkHost.StartAsync(Template);
        using var kms = Client(host);

        var described = (await kms.DescribeKeyAsync(host.Host.Outputs["Key"])).KeyMetadata;

        Assert.Equal((KeySpec.HMAC_256, KeyUsageType.GENERATE_VERIFY_MAC), (described.KeySpec, described.KeyUsage));
        Assert.Equal(["HMAC_SHA_256"], described.MacAlgorithms);
    }

    [Fact]
    public async Task Key_OfAnotherUse_IsRefused()
    {
        await using var host = await SdkHost.StartAsync(Template);
        using var kms = Client(host);
        var symmetric = (await kms.CreateKeyAsync(new())).KeyMetadata.KeyId;

        await Assert.ThrowsAsync<InvalidKeyUsageException>(() => MacAsync(kms, symmetric, [1]));
        await Assert.ThrowsAsync<InvalidKeyUsageException>(() =>
            kms.EncryptAsync(new() { KeyId = host.Host.Outputs["Key"], Plaintext = new MemoryStream([1]) })
        );
        await Assert.ThrowsAsync<UnsupportedOperationException>(() =>
            kms.GetPublicKeyAsync(new GetPublicKeyRequest { KeyId = host.Host.Outputs["Key"] })
        );
    }

    [Fact]
    public async Task GenerateMac_OfMoreThan4096OctetsOrNone_IsRefused()
    {
        await using var host = await SdkHost.StartAsync(Template);
        using var kms = Client(host);
        var key = host.Host.Outputs["Key"];

        Assert.NotEmpty(await MacAsync(kms, key, new byte[4096]));
        var refused = await Assert.ThrowsAnyAsync<AmazonKeyManagementServiceException>(() => MacAsync(kms, key, new byte[4097]));
        Assert.Equal("ValidationException", refused.ErrorCode);
    }

    private static AmazonKeyManagementServiceClient Client(SdkHost host) =>
        new(host.Root, host.Configure(new AmazonKeyManagementServiceConfig()));

    private static async Task<string> CreateAsync(AmazonKeyManagementServiceClient kms) =>
        (await kms.CreateKeyAsync(new() { KeySpec = KeySpec.HMAC_256, KeyUsage = KeyUsageType.GENERATE_VERIFY_MAC })).KeyMetadata.KeyId;

    private static async Task<byte[]> MacAsync(AmazonKeyManagementServiceClient kms, string key, byte[] message) =>
        (
            await kms.GenerateMacAsync(
                new()
                {
                    KeyId = key,
                    MacAlgorithm = MacAlgorithmSpec.HMAC_SHA_256,
                    Message = new MemoryStream(message),
                }
            )
        ).Mac.ToArray();

    private static VerifyMacRequest Verification(string key, byte[] message, byte[] mac) =>
        new()
        {
            KeyId = key,
            MacAlgorithm = MacAlgorithmSpec.HMAC_SHA_256,
            Message = new MemoryStream(message),
            Mac = new MemoryStream(mac),
        };
}
