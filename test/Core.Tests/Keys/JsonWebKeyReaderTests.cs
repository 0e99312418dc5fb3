using System.Text.Json.Nodes;
using FairShare.Core.Errors;
using FairShare.Core.Keys;
using FairShare.Core.Tests.Support;

namespace FairShare.Core.Tests.Keys;

/// <summary>The optional members of a JWK (RFC 7517): each may stand there, and none may say something else than the key is.</summary>
public class JsonWebKeyReaderTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    private const int Limit = 1024;

    private readonly PublicKey key = TestParty.Alice(Start).PartyKey.Key;

    [Theory]
    [InlineData("alg", "ES256", true)]
    [InlineData("alg", "ES384", false)]
    [InlineData("use", "sig", true)]
    [InlineData("use", "enc", false)]
    [InlineData("kid", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", false)]
    public void FromJwk_OptionalMember_MustBeTheKeys(string member, string value, bool taken) => AssertTaken(With(member, value), taken);

    [Fact]
    public void FromJwk_ItsOwnThumbprintAsKid_IsTaken() => AssertTaken(With("kid", key.Thumbprint.ToString()), true);

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public void FromJwk_TextAtTheLimit_IsBounded(int over, bool taken)
    {
        var jwk = key.ToJwk();
        AssertTaken(jwk + new string(' ', Limit - jwk.Length + over), taken);
    }

    private string With(string member, string value)
    {
        var jwk = JsonNode.Parse(key.ToJwk())!;
        jwk[member] = value;
        return jwk.ToJsonString();
    }

    private void AssertTaken(string jwk, bool taken)
    {
        if (taken)
        {
            Assert.Equal(key.Thumbprint, PublicKey.FromJwk(jwk).Thumbprint);
        }
        else
        {
            Assert.Equal("invalid-key", Assert.Throws<ProtocolException>(() => PublicKey.FromJwk(jwk)).Code);
        }
    }
}
