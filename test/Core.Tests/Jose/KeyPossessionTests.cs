using FairShare.Core.Errors;
using FairShare.Core.Identifiers;
using FairShare.Core.Jose;
using FairShare.Core.Tests.Support;

namespace FairShare.Core.Tests.Jose;

public class KeyPossessionTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    private readonly TestParty alice = TestParty.Alice(Start);
    private readonly TestParty bob = TestParty.Bob(Start);
    private readonly TestParty mallory = TestParty.Mallory(Start);

    [Fact]
    public async Task Verify_OwnProof_IsNull()
    {
        var nonce = Nonce.New(new SystemRandomness());
        var proof = await KeyPossession.IssueAsync(alice.Id, nonce, alice, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Null(KeyPossession.Verify(proof, alice.Id, nonce, alice.PartyKey.Key));
        Assert.Equal("statement-mismatch:party", KeyPossession.Verify(proof, bob.Id, nonce, alice.PartyKey.Key)!.Code);
        Assert.Equal(
            "statement-mismatch:nonce",
            KeyPossession.Verify(proof, alice.Id, Nonce.New(new SystemRandomness()), alice.PartyKey.Key)!.Code
        );
        Assert.Equal("statement-mismatch:header.kid", KeyPossession.Verify(proof, alice.Id, nonce, bob.PartyKey.Key)!.Code);
    }

    [Fact]
    public void Verify_ProofSignedByAnotherKey_IsBadSignature()
    {
        var nonce = Nonce.New(new SystemRandomness());
        var header = $$"""{"alg":"ES256","kid":"{{alice.KeyId}}","typ":"KeyPossession"}""";
        var payload = $$"""{"party":"{{mallory.Id}}","nonce":"{{nonce}}","kid":"{{alice.KeyId}}"}""";
        var proof = mallory.SignRaw(header, payload);
        Assert.Equal("bad-signature", KeyPossession.Verify(proof, mallory.Id, nonce, alice.PartyKey.Key)!.Code);
    }

    [Fact]
    public void Verify_PayloadNamesAnotherKey_IsMismatch()
    {
        var nonce = Nonce.New(new SystemRandomness());
        var header = $$"""{"alg":"ES256","kid":"{{mallory.KeyId}}","typ":"KeyPossession"}""";
        var payload = $$"""{"party":"{{mallory.Id}}","nonce":"{{nonce}}","kid":"{{alice.KeyId}}"}""";
        var proof = mallory.SignRaw(header, payload);
        Assert.Equal("statement-mismatch:kid", KeyPossession.Verify(proof, mallory.Id, nonce, mallory.PartyKey.Key)!.Code);
    }

    [Fact]
    public void Verify_FurtherMember_IsRefused()
    {
        var nonce = Nonce.New(new SystemRandomness());
        var header = $$"""{"alg":"ES256","kid":"{{alice.KeyId}}","typ":"KeyPossession"}""";
        var payload = $$"""{"party":"{{alice.Id}}","nonce":"{{nonce}}","kid":"{{alice.KeyId}}","amount":1}""";
        var refused = KeyPossession.Verify(alice.SignRaw(header, payload), alice.Id, nonce, alice.PartyKey.Key);
        Assert.Equal(TokenFault.UnknownMember, refused!.Fault);
    }

    [Fact]
    public void Verify_OtherType_IsWrongKind()
    {
        var nonce = Nonce.New(new SystemRandomness());
        var header = $$"""{"alg":"ES256","kid":"{{alice.KeyId}}","typ":"EvidenceOfOrigin"}""";
        var payload = $$"""{"party":"{{alice.Id}}","nonce":"{{nonce}}","kid":"{{alice.KeyId}}"}""";
        var refused = KeyPossession.Verify(alice.SignRaw(header, payload), alice.Id, nonce, alice.PartyKey.Key);
        Assert.Equal(TokenFault.WrongKind, refused!.Fault);
    }

    [Fact]
    public void Verify_Garbage_IsMalformed() =>
        Assert.Equal(
            TokenFault.MalformedJws,
            KeyPossession.Verify("x", alice.Id, Nonce.New(new SystemRandomness()), alice.PartyKey.Key)!.Fault
        );
}
