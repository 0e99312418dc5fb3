using System.Text.Json.Nodes;
using FairShare.Core.Encoding;
using FairShare.Core.Errors;
using FairShare.Exchange.Evidence;

namespace FairShare.Exchange.Tests.Evidence;

/// <summary>Tokens with a good signature over octets that are not a statement.</summary>
public class EvidenceFormTests
{
    private readonly EvidenceScene scene = new();

    [Theory]
    [InlineData("""{"alg":"none","kid":"$","typ":"EvidenceOfOrigin"}""", TokenFault.UnsupportedAlgorithm)]
    [InlineData("""{"alg":"HS256","kid":"$","typ":"EvidenceOfOrigin"}""", TokenFault.UnsupportedAlgorithm)]
    [InlineData("""{"alg":"es256","kid":"$","typ":"EvidenceOfOrigin"}""", TokenFault.UnsupportedAlgorithm)]
    [InlineData("""{"alg":"ES256","kid":"$","typ":"Invoice"}""", TokenFault.UnknownKind)]
    [InlineData("""{"alg":"ES256","kid":"$","typ":"0"}""", TokenFault.UnknownKind)]
    [InlineData("""{"alg":"ES256","kid":"$","typ":"KeyPossession"}""", TokenFault.UnknownKind)]
    [InlineData("""{"alg":"ES256","typ":"EvidenceOfOrigin"}""", TokenFault.MissingMember)]
    [InlineData("""{"alg":"ES256","kid":"x","typ":"EvidenceOfOrigin"}""", TokenFault.InvalidMember)]
    [InlineData("""{"alg":"ES256","kid":"$","typ":"EvidenceOfOrigin","crit":["b64"]}""", TokenFault.UnknownMember)]
    [InlineData("""{"alg":"ES256","kid":"$","typ":"EvidenceOfOrigin","jwk":{}}""", TokenFault.UnknownMember)]
    [InlineData("""{"alg":"ES256","alg":"ES256","kid":"$","typ":"EvidenceOfOrigin"}""", TokenFault.DuplicateMember)]
    [InlineData("""{"alg":"ES256","\u0061lg":"none","kid":"$","typ":"EvidenceOfOrigin"}""", TokenFault.DuplicateMember)]
    [InlineData("""["ES256"]""", TokenFault.MalformedJson)]
    [InlineData("""{"alg":"ES256","kid":"$","typ":"EvidenceOfOrigin"}{}""", TokenFault.MalformedJson)]
    [InlineData("""{"alg":"ES256","kid":"$","typ":"EvidenceOfOrigin",}""", TokenFault.MalformedJson)]
    public void Verify_OtherHeader_IsRefused(string header, TokenFault fault)
    {
        var payload = Payload(scene.Origin).ToJsonString();
        AssertFault(scene.Alice.SignRaw(header.Replace("$", scene.Alice.KeyId.ToString(), StringComparison.Ordinal), payload), fault);
    }

    [Theory]
    [InlineData("ver", "2", TokenFault.InvalidMember)]
    [InlineData("ver", "\"1\"", TokenFault.InvalidMember)]
    [InlineData("ver", "1.0", TokenFault.InvalidMember)]
    [InlineData("ver", "null", TokenFault.InvalidMember)]
    [InlineData("ver", null, TokenFault.MissingMember)]
    [InlineData("id", "\"short\"", TokenFault.InvalidMember)]
    [InlineData("id", null, TokenFault.MissingMember)]
    [InlineData("event", "\"urn:fairshare:event:abort\"", TokenFault.InvalidMember)]
    [InlineData("pol", "\"urn:fairshare:policy:3\"", TokenFault.InvalidMember)]
    [InlineData("pol", "\"urn:fairshare:policy:1\"", TokenFault.InvalidMember)]
    [InlineData("event", "\"http://uri.etsi.org/19522/Event/SubmissionAcceptance\"", TokenFault.InvalidMember)]
    [InlineData("salt", null, TokenFault.MissingMember)]
    [InlineData("salt", "\"AAAAAAAAAAAAAAAAAAAAAA\"", TokenFault.InvalidMember)]
    [InlineData("disclose", "\"all\"", TokenFault.InvalidMember)]
    [InlineData("disclose", "[\"digest\"]", TokenFault.InvalidMember)]
    [InlineData("orig", "\"alice\"", TokenFault.InvalidMember)]
    [InlineData("orig", "\"3F2504E0-4F89-41D3-9A0C-0305E82C3301\"", TokenFault.InvalidMember)]
    [InlineData("rcpt", "\"6ba7b810-9dad-11d1-80b4-00c04fd430c8\"", TokenFault.InvalidMember)]
    [InlineData("rcpt", "[1]", TokenFault.InvalidMember)]
    [InlineData("rcpt", "[\"6ba7b810-9dad-11d1-80b4-00c04fd430c8\",\"6ba7b810-9dad-11d1-80b4-00c04fd430c8\"]", TokenFault.InvalidMember)]
    [InlineData("rcpt", null, TokenFault.MissingMember)]
    [InlineData("ttp", null, TokenFault.MissingMember)]
    [InlineData("doc", null, TokenFault.MissingMember)]
    [InlineData("doc", "[]", TokenFault.InvalidMember)]
    [InlineData("exch", "\"AAAAAAAAAAAAAAAAAAAAAA\"", TokenFault.UnknownMember)]
    [InlineData("ref", "[\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"]", TokenFault.InvalidMember)]
    [InlineData("nonce", null, TokenFault.MissingMember)]
    [InlineData("nonce", "\"AAAAAAAAAAAAAAAAAAAAAB\"", TokenFault.InvalidMember)]
    [InlineData("gen", null, TokenFault.MissingMember)]
    [InlineData("gen", "\"2026-11-21T12:00:00Z\"", TokenFault.InvalidMember)]
    [InlineData("gen", "\"2026-11-21T12:00:00.000+00:00\"", TokenFault.InvalidMember)]
    [InlineData("due", "\"2026-11-21T12:00:00.000Z\"", TokenFault.UnknownMember)]
    [InlineData("hold", "\"mine\"", TokenFault.InvalidMember)]
    [InlineData("hold", null, TokenFault.MissingMember)]
    [InlineData("reason", "\"because\"", TokenFault.UnknownMember)]
    [InlineData("amount", "\"1000000\"", TokenFault.UnknownMember)]
    public void Verify_OtherMember_IsRefused(string member, string? value, TokenFault fault)
    {
        var payload = Payload(scene.Origin);
        payload.Remove(member);
        if (value is not null)
        {
            payload[member] = JsonNode.Parse(value);
        }

        AssertFault(Sign(payload.ToJsonString()), fault);
    }

    [Theory]
    [InlineData("size", "0", "doc.size")]
    [InlineData("size", "-1", "doc.size")]
    [InlineData("size", "5368709121", "doc.size")]
    [InlineData("size", "1e3", "doc.size")]
    [InlineData("name", "\"../etc/passwd\"", "doc.name")]
    [InlineData("method", "\"md5\"", "doc.method")]
    [InlineData("partSize", "5242880", "doc.method")]
    [InlineData("digest", "\"AAAA\"", "doc.digest")]
    [InlineData("version", "\"null\"", "doc.version")]
    [InlineData("type", "\"text/plain; charset=utf-8\"", "doc.type")]
    public void Verify_OtherDocumentMember_IsRefusedByName(string member, string value, string named)
    {
        var payload = Payload(scene.Origin);
        payload["doc"]!.AsObject()[member] = JsonNode.Parse(value);
        var refused = AssertFault(Sign(payload.ToJsonString()), TokenFault.InvalidMember);
        Assert.Equal(named, refused.Member);
    }

    [Theory]
    [InlineData("\"ver\":1,", "\"ver\": 1,")]
    [InlineData("\"ver\":1,", "\"ver\":1 ,")]
    [InlineData("\"nonce\":", "\"\\u006eonce\":")]
    [InlineData("\"nonce\":", "\"ref\":[],\"nonce\":")]
    [InlineData("{\"ver\":1,", "{\"pol\":\"urn:fairshare:policy:2\",\"ver\":1,")]
    [InlineData("urn:fairshare", "urn\\u003afairshare")]
    public void Verify_PayloadInAnotherForm_IsRefused(string from, string to)
    {
        var written = CompactPayload(scene.Origin);
        var text = to.StartsWith("{\"pol\"", StringComparison.Ordinal)
            ? written.Replace("\"pol\":\"urn:fairshare:policy:2\",", "", StringComparison.Ordinal)
            : written;
        AssertFault(Sign(text.Replace(from, to, StringComparison.Ordinal)), TokenFault.NotCanonical);
    }

    [Theory]
    [InlineData("{\"alg\":\"ES256\",\"typ\":\"EvidenceOfOrigin\",\"kid\":\"$\"}")]
    [InlineData("{\"alg\":\"ES256\", \"kid\":\"$\",\"typ\":\"EvidenceOfOrigin\"}")]
    public void Verify_HeaderInAnotherForm_IsRefused(string header)
    {
        var token = scene.Alice.SignRaw(
            header.Replace("$", scene.Alice.KeyId.ToString(), StringComparison.Ordinal),
            CompactPayload(scene.Origin)
        );
        AssertFault(token, TokenFault.NotCanonical);
    }

    [Fact]
    public void Verify_DuplicateMemberOfTheDocument_IsRefused()
    {
        var text = Payload(scene.Origin).ToJsonString().Replace("\"size\":1234", "\"size\":1234,\"size\":9999", StringComparison.Ordinal);
        AssertFault(Sign(text), TokenFault.DuplicateMember);
    }

    [Fact]
    public void Verify_UnknownMemberOfTheDocument_IsRefused()
    {
        var payload = Payload(scene.Origin);
        payload["doc"]!.AsObject()["colour"] = "red";
        Assert.Equal("doc", AssertFault(Sign(payload.ToJsonString()), TokenFault.UnknownMember).Member);
    }

    [Fact]
    public void Verify_PayloadThatIsNoUtf8_IsRefused()
    {
        var payload = System.Text.Encoding.UTF8.GetBytes(Payload(scene.Origin).ToJsonString());
        payload[Array.IndexOf(payload, (byte)'p')] = 0xFF;
        AssertFault(scene.Alice.SignRaw(Header(), payload), TokenFault.MalformedJson);
    }

    [Fact]
    public void Verify_ReceiptMadeAfterItsDeadline_IsRefused()
    {
        var late = Payload(scene.Receipt);
        late["gen"] = "2026-11-21T13:00:00.001Z";
        var header = System.Text.Encoding.UTF8.GetBytes($$"""{"alg":"ES256","kid":"{{scene.Bob.KeyId}}","typ":"EvidenceOfReceipt"}""");
        var text = scene.Bob.SignRaw(header, System.Text.Encoding.UTF8.GetBytes(late.ToJsonString()));
        Assert.Equal("gen", AssertFault(text, TokenFault.InvalidMember, scene.Receipt.Statement).Member);
    }

    private byte[] Header() =>
        System.Text.Encoding.UTF8.GetBytes($$"""{"alg":"ES256","kid":"{{scene.Alice.KeyId}}","typ":"EvidenceOfOrigin"}""");

    private string Sign(string payload) => scene.Alice.SignRaw(Header(), System.Text.Encoding.UTF8.GetBytes(payload));

    private TokenRefusal AssertFault(string token, TokenFault fault, EvidenceStatement? expected = null)
    {
        var refused = Assert.IsType<EvidenceVerdict.Refused>(scene.Verify(token, expected ?? scene.Origin.Statement)).Refusal;
        Assert.Equal(fault, refused.Fault);
        return refused;
    }

    private static JsonObject Payload(EvidenceToken token) => JsonNode.Parse(CompactPayload(token))!.AsObject();

    private static string CompactPayload(EvidenceToken token)
    {
        Base64UrlText.TryDecode(token.Text.Split('.')[1], out var payload);
        return System.Text.Encoding.UTF8.GetString(payload);
    }
}
