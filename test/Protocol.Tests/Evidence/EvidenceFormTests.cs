using System.Text.Json.Nodes;
using FairShare.Protocol.Encoding;
using FairShare.Protocol.Evidence;

namespace FairShare.Protocol.Tests.Evidence;

/// <summary>Tokens with a good signature over octets that are not a statement.</summary>
public class EvidenceFormTests
{
    private readonly EvidenceScene scene = new();

    [Theory]
    [InlineData("""{"alg":"none","kid":"$","typ":"EvidenceOfOrigin"}""", EvidenceFault.UnsupportedAlgorithm)]
    [InlineData("""{"alg":"HS256","kid":"$","typ":"EvidenceOfOrigin"}""", EvidenceFault.UnsupportedAlgorithm)]
    [InlineData("""{"alg":"es256","kid":"$","typ":"EvidenceOfOrigin"}""", EvidenceFault.UnsupportedAlgorithm)]
    [InlineData("""{"alg":"ES256","kid":"$","typ":"Invoice"}""", EvidenceFault.UnknownKind)]
    [InlineData("""{"alg":"ES256","kid":"$","typ":"0"}""", EvidenceFault.UnknownKind)]
    [InlineData("""{"alg":"ES256","kid":"$","typ":"KeyPossession"}""", EvidenceFault.UnknownKind)]
    [InlineData("""{"alg":"ES256","typ":"EvidenceOfOrigin"}""", EvidenceFault.MissingMember)]
    [InlineData("""{"alg":"ES256","kid":"x","typ":"EvidenceOfOrigin"}""", EvidenceFault.InvalidMember)]
    [InlineData("""{"alg":"ES256","kid":"$","typ":"EvidenceOfOrigin","crit":["b64"]}""", EvidenceFault.UnknownMember)]
    [InlineData("""{"alg":"ES256","kid":"$","typ":"EvidenceOfOrigin","jwk":{}}""", EvidenceFault.UnknownMember)]
    [InlineData("""{"alg":"ES256","alg":"ES256","kid":"$","typ":"EvidenceOfOrigin"}""", EvidenceFault.DuplicateMember)]
    [InlineData("""{"alg":"ES256","\u0061lg":"none","kid":"$","typ":"EvidenceOfOrigin"}""", EvidenceFault.DuplicateMember)]
    [InlineData("""["ES256"]""", EvidenceFault.MalformedJson)]
    [InlineData("""{"alg":"ES256","kid":"$","typ":"EvidenceOfOrigin"}{}""", EvidenceFault.MalformedJson)]
    [InlineData("""{"alg":"ES256","kid":"$","typ":"EvidenceOfOrigin",}""", EvidenceFault.MalformedJson)]
    public void Verify_OtherHeader_IsRefused(string header, EvidenceFault fault)
    {
        var payload = Payload(scene.Origin).ToJsonString();
        AssertFault(scene.Alice.SignRaw(header.Replace("$", scene.Alice.KeyId.ToString(), StringComparison.Ordinal), payload), fault);
    }

    [Theory]
    [InlineData("ver", "2", EvidenceFault.InvalidMember)]
    [InlineData("ver", "\"1\"", EvidenceFault.InvalidMember)]
    [InlineData("ver", "1.0", EvidenceFault.InvalidMember)]
    [InlineData("ver", "null", EvidenceFault.InvalidMember)]
    [InlineData("ver", null, EvidenceFault.MissingMember)]
    [InlineData("id", "\"short\"", EvidenceFault.InvalidMember)]
    [InlineData("id", null, EvidenceFault.MissingMember)]
    [InlineData("event", "\"urn:fairshare:event:abort\"", EvidenceFault.InvalidMember)]
    [InlineData("pol", "\"urn:fairshare:policy:3\"", EvidenceFault.InvalidMember)]
    [InlineData("pol", "\"urn:fairshare:policy:1\"", EvidenceFault.InvalidMember)]
    [InlineData("event", "\"http://uri.etsi.org/19522/Event/SubmissionAcceptance\"", EvidenceFault.InvalidMember)]
    [InlineData("salt", null, EvidenceFault.MissingMember)]
    [InlineData("salt", "\"AAAAAAAAAAAAAAAAAAAAAA\"", EvidenceFault.InvalidMember)]
    [InlineData("disclose", "\"all\"", EvidenceFault.InvalidMember)]
    [InlineData("disclose", "[\"digest\"]", EvidenceFault.InvalidMember)]
    [InlineData("orig", "\"alice\"", EvidenceFault.InvalidMember)]
    [InlineData("orig", "\"3F2504E0-4F89-41D3-9A0C-0305E82C3301\"", EvidenceFault.InvalidMember)]
    [InlineData("rcpt", "\"6ba7b810-9dad-11d1-80b4-00c04fd430c8\"", EvidenceFault.InvalidMember)]
    [InlineData("rcpt", "[1]", EvidenceFault.InvalidMember)]
    [InlineData("rcpt", "[\"6ba7b810-9dad-11d1-80b4-00c04fd430c8\",\"6ba7b810-9dad-11d1-80b4-00c04fd430c8\"]", EvidenceFault.InvalidMember)]
    [InlineData("rcpt", null, EvidenceFault.MissingMember)]
    [InlineData("ttp", null, EvidenceFault.MissingMember)]
    [InlineData("doc", null, EvidenceFault.MissingMember)]
    [InlineData("doc", "[]", EvidenceFault.InvalidMember)]
    [InlineData("exch", "\"AAAAAAAAAAAAAAAAAAAAAA\"", EvidenceFault.UnknownMember)]
    [InlineData("ref", "[\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"]", EvidenceFault.InvalidMember)]
    [InlineData("nonce", null, EvidenceFault.MissingMember)]
    [InlineData("nonce", "\"AAAAAAAAAAAAAAAAAAAAAB\"", EvidenceFault.InvalidMember)]
    [InlineData("gen", null, EvidenceFault.MissingMember)]
    [InlineData("gen", "\"2026-11-21T12:00:00Z\"", EvidenceFault.InvalidMember)]
    [InlineData("gen", "\"2026-11-21T12:00:00.000+00:00\"", EvidenceFault.InvalidMember)]
    [InlineData("due", "\"2026-11-21T12:00:00.000Z\"", EvidenceFault.UnknownMember)]
    [InlineData("hold", "\"mine\"", EvidenceFault.InvalidMember)]
    [InlineData("hold", null, EvidenceFault.MissingMember)]
    [InlineData("reason", "\"because\"", EvidenceFault.UnknownMember)]
    [InlineData("amount", "\"1000000\"", EvidenceFault.UnknownMember)]
    public void Verify_OtherMember_IsRefused(string member, string? value, EvidenceFault fault)
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
        var refused = AssertFault(Sign(payload.ToJsonString()), EvidenceFault.InvalidMember);
        Assert.Equal(named, refused.Member);
    }

    [Fact]
    public void Verify_DuplicateMemberOfTheDocument_IsRefused()
    {
        var text = Payload(scene.Origin).ToJsonString().Replace("\"size\":1234", "\"size\":1234,\"size\":9999", StringComparison.Ordinal);
        AssertFault(Sign(text), EvidenceFault.DuplicateMember);
    }

    [Fact]
    public void Verify_UnknownMemberOfTheDocument_IsRefused()
    {
        var payload = Payload(scene.Origin);
        payload["doc"]!.AsObject()["colour"] = "red";
        Assert.Equal("doc", AssertFault(Sign(payload.ToJsonString()), EvidenceFault.UnknownMember).Member);
    }

    [Fact]
    public void Verify_PayloadThatIsNoUtf8_IsRefused()
    {
        var payload = System.Text.Encoding.UTF8.GetBytes(Payload(scene.Origin).ToJsonString());
        payload[Array.IndexOf(payload, (byte)'p')] = 0xFF;
        AssertFault(scene.Alice.SignRaw(Header(), payload), EvidenceFault.MalformedJson);
    }

    [Fact]
    public void Verify_ReceiptMadeAfterItsDeadline_IsRefused()
    {
        var late = Payload(scene.Receipt);
        late["gen"] = "2026-11-21T13:00:00.001Z";
        var header = System.Text.Encoding.UTF8.GetBytes($$"""{"alg":"ES256","kid":"{{scene.Bob.KeyId}}","typ":"EvidenceOfReceipt"}""");
        var text = scene.Bob.SignRaw(header, System.Text.Encoding.UTF8.GetBytes(late.ToJsonString()));
        Assert.Equal("gen", AssertFault(text, EvidenceFault.InvalidMember, scene.Receipt.Statement).Member);
    }

    private byte[] Header() =>
        System.Text.Encoding.UTF8.GetBytes($$"""{"alg":"ES256","kid":"{{scene.Alice.KeyId}}","typ":"EvidenceOfOrigin"}""");

    private string Sign(string payload) => scene.Alice.SignRaw(Header(), System.Text.Encoding.UTF8.GetBytes(payload));

    private EvidenceVerdict.Refused AssertFault(string token, EvidenceFault fault, EvidenceStatement? expected = null)
    {
        var refused = Assert.IsType<EvidenceVerdict.Refused>(scene.Verify(token, expected ?? scene.Origin.Statement));
        Assert.Equal(fault, refused.Fault);
        return refused;
    }

    private static JsonObject Payload(EvidenceToken token)
    {
        Base64UrlText.TryDecode(token.Text.Split('.')[1], out var payload);
        return JsonNode.Parse(payload)!.AsObject();
    }
}
