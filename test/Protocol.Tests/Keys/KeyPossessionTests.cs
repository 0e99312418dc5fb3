using FairShare.Protocol.Evidence;
using FairShare.Protocol.Keys;
using FairShare.Protocol.Tests.Evidence;

namespace FairShare.Protocol.Tests.Keys;

public class KeyPossessionTests
{
    private readonly EvidenceScene scene = new();

    [Fact]
    public async Task Verify_OwnProof_IsNull()
    {
        var nonce = EvidenceScene.NewNonce();
        var proof = await KeyPossession.IssueAsync(scene.Alice.Id, nonce, scene.Alice, TestContext.Current.CancellationToken);
        Assert.Null(KeyPossession.Verify(proof, scene.Alice.Id, nonce, scene.Alice.PartyKey.Key));
        Assert.Equal("statement-mismatch:party", KeyPossession.Verify(proof, scene.Bob.Id, nonce, scene.Alice.PartyKey.Key)!.Code);
        Assert.Equal(
            "statement-mismatch:nonce",
            KeyPossession.Verify(proof, scene.Alice.Id, EvidenceScene.NewNonce(), scene.Alice.PartyKey.Key)!.Code
        );
        Assert.Equal("statement-mismatch:header.kid", KeyPossession.Verify(proof, scene.Alice.Id, nonce, scene.Bob.PartyKey.Key)!.Code);
    }

    [Fact]
    public void Verify_ProofSignedByAnotherKey_IsBadSignature()
    {
        var nonce = EvidenceScene.NewNonce();
        var header = $$"""{"alg":"ES256","kid":"{{scene.Alice.KeyId}}","typ":"KeyPossession"}""";
        var payload = $$"""{"party":"{{scene.Mallory.Id}}","nonce":"{{nonce}}","kid":"{{scene.Alice.KeyId}}"}""";
        var proof = scene.Mallory.SignRaw(header, payload);
        Assert.Equal("bad-signature", KeyPossession.Verify(proof, scene.Mallory.Id, nonce, scene.Alice.PartyKey.Key)!.Code);
    }

    [Fact]
    public void Verify_PayloadNamesAnotherKey_IsMismatch()
    {
        var nonce = EvidenceScene.NewNonce();
        var header = $$"""{"alg":"ES256","kid":"{{scene.Mallory.KeyId}}","typ":"KeyPossession"}""";
        var payload = $$"""{"party":"{{scene.Mallory.Id}}","nonce":"{{nonce}}","kid":"{{scene.Alice.KeyId}}"}""";
        var proof = scene.Mallory.SignRaw(header, payload);
        Assert.Equal("statement-mismatch:kid", KeyPossession.Verify(proof, scene.Mallory.Id, nonce, scene.Mallory.PartyKey.Key)!.Code);
    }

    [Fact]
    public void Verify_FurtherMember_IsRefused()
    {
        var nonce = EvidenceScene.NewNonce();
        var header = $$"""{"alg":"ES256","kid":"{{scene.Alice.KeyId}}","typ":"KeyPossession"}""";
        var payload = $$"""{"party":"{{scene.Alice.Id}}","nonce":"{{nonce}}","kid":"{{scene.Alice.KeyId}}","amount":1}""";
        var refused = KeyPossession.Verify(scene.Alice.SignRaw(header, payload), scene.Alice.Id, nonce, scene.Alice.PartyKey.Key);
        Assert.Equal(EvidenceFault.UnknownMember, refused!.Fault);
    }

    [Fact]
    public void Verify_OtherType_IsWrongKind()
    {
        var nonce = EvidenceScene.NewNonce();
        var header = $$"""{"alg":"ES256","kid":"{{scene.Alice.KeyId}}","typ":"EvidenceOfOrigin"}""";
        var payload = $$"""{"party":"{{scene.Alice.Id}}","nonce":"{{nonce}}","kid":"{{scene.Alice.KeyId}}"}""";
        var refused = KeyPossession.Verify(scene.Alice.SignRaw(header, payload), scene.Alice.Id, nonce, scene.Alice.PartyKey.Key);
        Assert.Equal(EvidenceFault.WrongKind, refused!.Fault);
    }

    [Fact]
    public void Verify_EvidenceInItsPlace_IsRefused() =>
        Assert.NotNull(KeyPossession.Verify(scene.Origin.Text, scene.Alice.Id, EvidenceScene.NewNonce(), scene.Alice.PartyKey.Key));

    [Fact]
    public void Verify_Garbage_IsMalformed() =>
        Assert.Equal(
            EvidenceFault.MalformedJws,
            KeyPossession.Verify("x", scene.Alice.Id, EvidenceScene.NewNonce(), scene.Alice.PartyKey.Key)!.Fault
        );
}
