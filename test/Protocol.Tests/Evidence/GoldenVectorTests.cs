using System.Text.Json.Nodes;
using FairShare.Protocol.Digests;
using FairShare.Protocol.Evidence;
using FairShare.Protocol.Exchanges;
using FairShare.Protocol.Identifiers;
using FairShare.Protocol.Keys;

namespace FairShare.Protocol.Tests.Evidence;

/// <summary>Evidence that Vectors/make-vectors.py wrote and openssl signed: the format is what the page says, not what this code happens to do.</summary>
public class GoldenVectorTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Vectors", "completed-exchange");

    [Fact]
    public void Verify_ExchangeMadeByPythonAndOpenssl_Holds()
    {
        var evidence = ExchangeEvidence.Verify(Read("nro.jws"), Read("challenge.jws"), Read("nrr.jws"), Read("release.jws"), Keys());
        Assert.All(evidence.Checks, check => Assert.True(check.Passed, $"{check.Name}: {check.Detail}"));
        Assert.Equal(ExchangeState.Completed, evidence.State);
        Assert.Equal(Sha256Digest.Of(File.ReadAllBytes(Path.Combine(Folder, "document.txt"))), evidence.Statement!.Document.Digest.Value);
        Assert.Equal("Füchse – 契約.txt", evidence.Statement.Document.Name.ToString());
    }

    [Theory]
    [InlineData("nro.jws")]
    [InlineData("challenge.jws")]
    [InlineData("nrr.jws")]
    [InlineData("release.jws")]
    public void Write_TheSameStatement_GivesTheSameOctets(string file)
    {
        var token = EvidenceToken.Parse(Read(file).Trim());
        var written = UnsignedEvidence.Write(token.Statement, token.KeyId);
        Assert.Equal(string.Join('.', token.Text.Split('.')[..2]), written.SigningInput);
        Assert.Equal(token.Hash, written.Hash);
    }

    private static string Read(string file) => File.ReadAllText(Path.Combine(Folder, file));

    private static IEnumerable<PartyKey> Keys() => JsonNode.Parse(Read("keys.json"))!["keys"]!.AsArray().Select(entry => new PartyKey(
        PartyId.Parse(entry!["party"]!.ToString()),
        KeyId.Parse(entry["kid"]!.ToString()),
        PublicKey.FromJwk(entry["jwk"]!.ToJsonString()),
        KeyHolders.Parse(entry["kind"]!.ToString()),
        Timestamp.Parse(entry["notBefore"]!.ToString()),
        Timestamp.Parse(entry["notAfter"]!.ToString())));
}
