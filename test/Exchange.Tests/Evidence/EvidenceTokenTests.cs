using FairShare.Core.Encoding;
using FairShare.Core.Errors;
using FairShare.Exchange.Evidence;

namespace FairShare.Exchange.Tests.Evidence;

public class EvidenceTokenTests
{
    private readonly EvidenceScene scene = new();

    [Fact]
    public void Parse_EveryKindIssued_ReadsBackTheSameStatement()
    {
        EvidenceToken[] tokens =
        [
            scene.Origin,
            scene.Store.Issue(Statements.DepositReceipt(EvidenceScene.NewId(), scene.Origin, EvidenceScene.Start)),
            scene.Challenge,
            scene.Receipt,
            scene.Release,
            scene.Refusal,
            scene.Store.Issue(Statements.AbortByRefusal(EvidenceScene.NewId(), scene.Refusal, EvidenceScene.Start)),
            scene.Store.Issue(Statements.AbortOfExchange(EvidenceScene.NewId(), scene.Challenge, EvidenceScene.Start)),
            scene.Store.Issue(Statements.AbortOfDocument(EvidenceScene.NewId(), scene.Origin, EvidenceScene.Start)),
            scene.Store.Issue(Statements.Expiry(EvidenceScene.NewId(), scene.Challenge, scene.Due)),
        ];
        foreach (var token in tokens)
        {
            var parsed = EvidenceToken.Parse(token.Text);
            Assert.Equal(token.Statement, parsed.Statement);
            Assert.Equal(token.Hash, parsed.Hash);
            Assert.Equal(token.KeyId, parsed.KeyId);
        }

        Assert.Equal(EvidenceKinds.All, tokens.Select(token => token.Kind).Distinct().Order());
    }

    [Fact]
    public void Parse_Payload_StandsInTheOrderOfTheFormat()
    {
        var payload = System.Text.Encoding.UTF8.GetString(PayloadOf(scene.Receipt.Text));
        string[] order = ["ver", "id", "event", "pol", "orig", "rcpt", "ttp", "exch", "doc", "ref", "nonce", "gen", "due", "hold"];
        var places = order.Select(name => payload.IndexOf($"\"{name}\":", StringComparison.Ordinal)).ToList();
        Assert.DoesNotContain(-1, places);
        Assert.Equal(places.Order(), places);
    }

    [Theory]
    [InlineData("say \"so\".txt", "say \\\"so\\\".txt")]
    [InlineData("\U0001F600.txt", "\U0001F600.txt")]
    [InlineData("\uE000\u0378.txt", "\uE000\u0378.txt")]
    [InlineData("<a&b'+>.txt", "<a&b'+>.txt")]
    public void Parse_NameOfAnySymbols_IsWrittenWithoutNeedlessEscapes(string name, string written)
    {
        var document = EvidenceScene.Describe(name, 3, "abc");
        var token = scene.Alice.Issue(scene.OriginStatement with { Document = document });
        Assert.Contains($"\"name\":\"{written}\"", System.Text.Encoding.UTF8.GetString(PayloadOf(token.Text)), StringComparison.Ordinal);
        Assert.Equal(name, EvidenceToken.Parse(token.Text).Statement.Document.Name.ToString());
    }

    [Fact]
    public void Hash_OtherSignatureOverTheSameOctets_IsTheSame()
    {
        var statement = scene.OriginStatement;
        var (first, second) = (scene.Alice.Issue(statement), scene.Alice.Issue(statement));
        Assert.NotEqual(first.Text, second.Text);
        Assert.Equal(first.Hash, second.Hash);
    }

    [Fact]
    public void Parse_AnySingleBitFlipped_IsRefusedOrDoesNotVerify()
    {
        var text = scene.Origin.Text;
        for (var place = 0; place < text.Length; place++)
        {
            for (var bit = 0; bit < 8; bit++)
            {
                var changed = text.ToCharArray();
                changed[place] ^= (char)(1 << bit);
                var verdict = scene.Verify(new string(changed), scene.Origin.Statement);
                Assert.IsType<EvidenceVerdict.Refused>(verdict);
            }
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("a.b")]
    [InlineData("a.b.c.d")]
    [InlineData("eyJ9.e30.AA")]
    [InlineData("{}")]
    public void Parse_NotAJws_IsMalformed(string text) => AssertFault(text, TokenFault.MalformedJws);

    [Fact]
    public void Parse_PaddingWhitespaceOrOtherAlphabet_IsMalformed()
    {
        var text = scene.Origin.Text;
        foreach (var changed in new[] { text + "=", text + "\n", " " + text, text.Replace('.', '/'), text[..^1] + "+", text + "AAAA" })
        {
            AssertFault(changed, TokenFault.MalformedJws);
        }
    }

    [Fact]
    public void Parse_TrailingBitsOfTheSignatureNotZero_IsMalformed()
    {
        const string symbols = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        var text = scene.Origin.Text;
        var last = symbols.IndexOf(text[^1], StringComparison.Ordinal);
        AssertFault(text[..^1] + symbols[last | 1], TokenFault.MalformedJws);
    }

    [Fact]
    public void Parse_DerSignature_IsMalformed()
    {
        var parts = scene.Origin.Text.Split('.');
        Base64UrlText.TryDecode(parts[2], out var signature);
        var der = FairShare.Core.Keys.EcdsaSignatureFormat.ToDer(signature);
        AssertFault($"{parts[0]}.{parts[1]}.{Base64UrlText.Encode(der)}", TokenFault.MalformedJws);
    }

    [Fact]
    public void Parse_Oversize_IsRefusedBeforeAnythingIsRead() => AssertFault(new string('A', (16 * 1024) + 1), TokenFault.TokenTooLarge);

    private static void AssertFault(string text, TokenFault fault)
    {
        Assert.False(EvidenceToken.TryParse(text, out _, out var refusal));
        Assert.Equal(fault, refusal.Fault);
    }

    private static byte[] PayloadOf(string text)
    {
        Base64UrlText.TryDecode(text.Split('.')[1], out var payload);
        return payload;
    }
}
