using System.Text.Json.Nodes;
using FairShare.Core.Digests;
using FairShare.Core.Identifiers;
using FairShare.Core.Keys;
using FairShare.Exchange.Evidence;
using FairShare.Exchange.States;

namespace FairShare.Exchange.Tests.Evidence;

/// <summary>
/// Evidence that Vectors/make-vectors.py wrote and openssl signed: the format is what the page says, not what this code happens to do.
/// </summary>
public class GoldenVectorTests
{
    [Theory]
    [InlineData("policy-1")]
    [InlineData("policy-2")]
    public void Verify_ExchangeMadeByPythonAndOpenssl_Holds(string vectors)
    {
        var evidence = ExchangeEvidence.Verify(
            Read(vectors, "nro.jws"),
            Read(vectors, "challenge.jws"),
            Read(vectors, "nrr.jws"),
            Read(vectors, "release.jws"),
            Keys(vectors)
        );
        Assert.All(evidence.Checks, check => Assert.True(check.Passed, $"{check.Name}: {check.Detail}"));
        Assert.Equal(ExchangeState.Completed, evidence.State);
        Assert.Equal(Sha256Digest.Of(File.ReadAllBytes(PathOf(vectors, "document.txt"))), evidence.Document!.RequireDigest().Value);
        Assert.Equal("Füchse – 契約.txt", evidence.Document.Name.ToString());
    }

    [Theory]
    [MemberData(nameof(Tokens))]
    public void Write_TheSameStatement_GivesTheSameOctets(string vectors, string file)
    {
        var token = EvidenceToken.Parse(Read(vectors, file).Trim());
        var written = UnsignedEvidence.Write(token.Statement, token.KeyId);
        Assert.Equal(string.Join('.', token.Text.Split('.')[..2]), written.SigningInput);
        Assert.Equal(token.Hash, written.Hash);
    }

    public static MatrixTheoryData<string, string> Tokens =>
        new(["policy-1", "policy-2"], ["nro.jws", "challenge.jws", "nrr.jws", "release.jws"]);

    private static string PathOf(string vectors, string file) => Path.Combine(AppContext.BaseDirectory, "Vectors", vectors, file);

    private static string Read(string vectors, string file) => File.ReadAllText(PathOf(vectors, file));

    private static IEnumerable<PartyKey> Keys(string vectors) =>
        JsonNode.Parse(Read(vectors, "keys.json"))!["keys"]!
            .AsArray()
            .Select(entry => new PartyKey(
                PartyId.Parse(entry!["party"]!.ToString()),
                KeyId.Parse(entry["kid"]!.ToString()),
                PublicKey.FromJwk(entry["jwk"]!.ToJsonString()),
                KeyHolders.Parse(entry["kind"]!.ToString()),
                Timestamp.Parse(entry["notBefore"]!.ToString()),
                Timestamp.Parse(entry["notAfter"]!.ToString())
            ));
}
