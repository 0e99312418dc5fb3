using System.Security.Cryptography;
using Amazon.KeyManagementService;
using Amazon.KeyManagementService.Model;
using FairShare.Local.Tests.Hosting;
using Xunit;

namespace FairShare.Local.Tests.Contract;

public sealed class KmsContract(Targets targets) : IClassFixture<Targets>
{
    [Theory, MemberData(nameof(Targets.All), MemberType = typeof(Targets))]
    public Task Signature_OfAMessage_VerifiesWithThePublicKey(string target) => HoldAsync(target, async (client, key) =>
    {
        var signed = await client.SignAsync(Request(key, [1, 2, 3], MessageType.RAW));
        var publicKey = await client.GetPublicKeyAsync(new GetPublicKeyRequest { KeyId = key });

        using var verifier = ECDsa.Create();
        verifier.ImportSubjectPublicKeyInfo(publicKey.PublicKey.ToArray(), out _);
        Assert.True(verifier.VerifyData(new byte[] { 1, 2, 3 }, signed.Signature.ToArray(), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));
    });

    [Theory, MemberData(nameof(Targets.All), MemberType = typeof(Targets))]
    public Task Signature_OfADigest_VerifiesAsOfTheMessage(string target) => HoldAsync(target, async (client, key) =>
    {
        var signed = await client.SignAsync(Request(key, SHA256.HashData([1, 2, 3]), MessageType.DIGEST));

        var verified = await client.VerifyAsync(new()
        {
            KeyId = key,
            Message = new MemoryStream([1, 2, 3]),
            MessageType = MessageType.RAW,
            Signature = signed.Signature,
            SigningAlgorithm = SigningAlgorithmSpec.ECDSA_SHA_256,
        });

        Assert.True(verified.SignatureValid);
    });

    [Theory, MemberData(nameof(Targets.All), MemberType = typeof(Targets))]
    public Task Signature_OfAnotherMessage_IsAnError(string target) => HoldAsync(target, async (client, key) =>
    {
        var signed = await client.SignAsync(Request(key, [1], MessageType.RAW));

        await Assert.ThrowsAsync<KMSInvalidSignatureException>(() => client.VerifyAsync(new()
        {
            KeyId = key,
            Message = new MemoryStream([2]),
            Signature = signed.Signature,
            SigningAlgorithm = SigningAlgorithmSpec.ECDSA_SHA_256,
        }));
    });

    [Theory, MemberData(nameof(Targets.All), MemberType = typeof(Targets))]
    public Task Digest_OfTheWrongLength_IsRefused(string target) => HoldAsync(target, async (client, key) =>
        await Assert.ThrowsAnyAsync<AmazonKeyManagementServiceException>(() => client.SignAsync(Request(key, [1, 2, 3], MessageType.DIGEST))));

    [Theory, MemberData(nameof(Targets.All), MemberType = typeof(Targets))]
    public Task Alias_OfAKey_StandsForIt(string target) => HoldAsync(target, async (client, key) =>
    {
        var alias = $"alias/{Guid.NewGuid():N}";
        await client.CreateAliasAsync(alias, key);

        Assert.EndsWith(key, (await client.SignAsync(Request(alias, [1], MessageType.RAW))).KeyId, StringComparison.Ordinal);
        await Assert.ThrowsAsync<AlreadyExistsException>(() => client.CreateAliasAsync(alias, key));
    });

    [Theory, MemberData(nameof(Targets.All), MemberType = typeof(Targets))]
    public Task Key_PendingDeletion_DoesNotSign(string target) => HoldAsync(target, async (client, key) =>
    {
        await client.ScheduleKeyDeletionAsync(key, 7);

        Assert.Equal(KeyState.PendingDeletion, (await client.DescribeKeyAsync(key)).KeyMetadata.KeyState);
        await Assert.ThrowsAsync<KMSInvalidStateException>(() => client.SignAsync(Request(key, [1], MessageType.RAW)));
    });

    [Theory, MemberData(nameof(Targets.All), MemberType = typeof(Targets))]
    public Task Key_ThatIsNot_IsNotFound(string target) => HoldAsync(target, async (client, _) =>
        await Assert.ThrowsAsync<NotFoundException>(() => client.DescribeKeyAsync("00000000-0000-0000-0000-000000000000")));

    private static SignRequest Request(string key, byte[] message, MessageType type) =>
        new() { KeyId = key, Message = new MemoryStream(message), MessageType = type, SigningAlgorithm = SigningAlgorithmSpec.ECDSA_SHA_256 };

    private Task HoldAsync(
        string target, Func<AmazonKeyManagementServiceClient, string, Task> contract, [System.Runtime.CompilerServices.CallerMemberName] string name = "") =>
        targets.HoldAsync(
            target,
            async () =>
            {
                using var client = new AmazonKeyManagementServiceClient(SdkHost.Root, targets.Configure(target, new AmazonKeyManagementServiceConfig()));
                var key = await client.CreateKeyAsync(new() { KeySpec = KeySpec.ECC_NIST_P256, KeyUsage = KeyUsageType.SIGN_VERIFY });
                await contract(client, key.KeyMetadata.KeyId);
            },
            name);
}
