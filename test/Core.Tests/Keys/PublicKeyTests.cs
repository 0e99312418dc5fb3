using System.Security.Cryptography;
using FairShare.Core.Errors;
using FairShare.Core.Keys;

namespace FairShare.Core.Tests.Keys;

public class PublicKeyTests
{
    // RFC 7515, appendix A.3: the key, the signed octets and the signature.
    private const string X = "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU";
    private const string Y = "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0";
    private const string Jwk = $$"""{"kty":"EC","crv":"P-256","x":"{{X}}","y":"{{Y}}"}""";

    [Fact]
    public void Verify_Rfc7515Example_IsTrue()
    {
        const string input =
            "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";
        const string signature = "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";
        Assert.True(FairShare.Core.Encoding.Base64UrlText.TryDecode(signature, out var bytes));
        var key = PublicKey.FromJwk(Jwk);
        Assert.True(key.Verify(System.Text.Encoding.ASCII.GetBytes(input), bytes));
        Assert.False(key.Verify(System.Text.Encoding.ASCII.GetBytes(input + "x"), bytes));
        Assert.False(key.Verify(System.Text.Encoding.ASCII.GetBytes(input), EcdsaSignatureFormat.ToDer(bytes)));
    }

    [Fact]
    public void Thumbprint_OfJwk_IsSha256OfItsCanonicalForm()
    {
        var canonical = $$"""{"crv":"P-256","kty":"EC","x":"{{X}}","y":"{{Y}}"}""";
        var expected = FairShare.Core.Encoding.Base64UrlText.Encode(SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(canonical)));
        Assert.Equal(expected, PublicKey.FromJwk(Jwk).Thumbprint.ToString());
        Assert.Equal(canonical, PublicKey.FromJwk(Jwk).ToJwk());
    }

    [Fact]
    public void FromSubjectPublicKeyInfo_OfTheSameKey_IsEqual()
    {
        var key = PublicKey.FromJwk(Jwk);
        Assert.Equal(key, PublicKey.FromSubjectPublicKeyInfo(key.ToSubjectPublicKeyInfo()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("""{"kty":"RSA","n":"AQAB","e":"AQAB"}""")]
    [InlineData($$"""{"kty":"EC","crv":"P-384","x":"{{X}}","y":"{{Y}}"}""")]
    [InlineData($$"""{"kty":"EC","crv":"P-256","x":"{{X}}"}""")]
    [InlineData($$"""{"kty":"EC","crv":"P-256","x":"{{X}}","y":"{{X}}"}""")]
    [InlineData($$"""{"kty":"EC","crv":"P-256","x":"AAAA","y":"{{Y}}"}""")]
    [InlineData($$"""{"kty":"EC","crv":"P-256","x":"{{X}}","y":"{{Y}}","alg":"ES384"}""")]
    [InlineData($$"""{"kty":"EC","crv":"P-256","x":"{{X}}","y":"{{Y}}","use":"enc"}""")]
    [InlineData($$"""{"kty":"EC","crv":"P-256","x":"{{X}}","y":"{{Y}}","kid":"mine"}""")]
    [InlineData($$"""{"kty":"EC","crv":"P-256","x":"{{X}}","x":"{{X}}","y":"{{Y}}"}""")]
    [InlineData($$"""{"kty":"EC","crv":"P-256","x":"{{X}}","y":"{{Y}}","z":"1"}""")]
    public void FromJwk_AnythingElse_IsRefused(string jwk) =>
        Assert.Equal("invalid-key", Assert.Throws<ProtocolException>(() => PublicKey.FromJwk(jwk)).Code);

    [Fact]
    public void FromJwk_PrivateKey_IsRefusedByItsOwnCode()
    {
        var jwk = Jwk.Replace("}", ""","d":"AAAA"}""", StringComparison.Ordinal);
        Assert.Equal("private-key-disclosed", Assert.Throws<ProtocolException>(() => PublicKey.FromJwk(jwk)).Code);
    }

    [Fact]
    public void FromSubjectPublicKeyInfo_OtherCurveOrTrailingBytes_IsRefused()
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        Assert.Equal("invalid-key", Assert.Throws<ProtocolException>(() => PublicKey.Of(other)).Code);
        byte[] trailing = [.. PublicKey.FromJwk(Jwk).ToSubjectPublicKeyInfo(), 0];
        Assert.Equal("invalid-key", Assert.Throws<ProtocolException>(() => PublicKey.FromSubjectPublicKeyInfo(trailing)).Code);
        Assert.Equal("invalid-key", Assert.Throws<ProtocolException>(() => PublicKey.FromSubjectPublicKeyInfo([])).Code);
    }

    [Fact]
    public void IsValidAt_Window_IsClosedOnTheLeftAndOpenOnTheRight()
    {
        var start = DateTimeOffset.UnixEpoch;
        var key = PublicKey.FromJwk(Jwk);
        var party = new PartyKey(default, key.Thumbprint, key, KeyHolder.Self, start, start.AddDays(2), start.AddDays(1));
        Assert.True(party.IsValidAt(start));
        Assert.False(party.IsValidAt(start.AddTicks(-1)));
        Assert.False(party.IsValidAt(start.AddDays(1)));
        Assert.True((party with { RetiredAt = null }).IsValidAt(start.AddDays(2).AddTicks(-1)));
        Assert.False((party with { RetiredAt = null }).IsValidAt(start.AddDays(2)));
        Assert.True(party.IsValidAt(start.AddMinutes(-5), TimeSpan.FromMinutes(5)));
    }
}
