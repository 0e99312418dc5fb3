using FairShare.Core.Digests;
using FairShare.Core.Errors;
using FairShare.Core.Identifiers;
using FairShare.Core.Keys;
using FairShare.Exchange.Evidence;

namespace FairShare.Exchange.Tests.Evidence;

public class EvidenceVerifierTests
{
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);

    private readonly EvidenceScene scene = new();

    [Fact]
    public void Verify_GoodReceipt_IsAcceptedAgainIdentically()
    {
        var expected = Statements.Receipt(null, scene.Challenge, null, null);
        for (var repeat = 0; repeat < 2; repeat++)
        {
            var accepted = Assert.IsType<EvidenceVerdict.Accepted>(scene.Verify(scene.Receipt.Text, expected));
            Assert.Equal(scene.Receipt.Hash, accepted.Token.Hash);
        }
    }

    [Fact]
    public void Verify_OtherKind_IsWrongKind() =>
        Assert.Equal("wrong-kind", Code(scene.Verify(scene.Refusal.Text, Statements.Receipt(null, scene.Challenge, null, null))));

    [Fact]
    public void Verify_KeyThatNobodyHas_IsUnknown() =>
        Assert.Equal(
            "unknown-key",
            Code(EvidenceVerifier.Verify(scene.Origin.Text, scene.Origin.Statement, _ => null, EvidenceScene.Start, Skew))
        );

    [Fact]
    public void Verify_LookupThatGivesAnotherKey_IsUnknown() =>
        Assert.Equal(
            "unknown-key",
            Code(EvidenceVerifier.Verify(scene.Origin.Text, scene.Origin.Statement, _ => scene.Bob.PartyKey, EvidenceScene.Start, Skew))
        );

    [Fact]
    public void Verify_KeyUnderAnothersId_IsUnknown()
    {
        var renamed = scene.Alice.PartyKey with { KeyId = scene.Bob.KeyId };
        var exchanged = scene.Alice.PartyKey with { Key = scene.Bob.PartyKey.Key };
        foreach (var key in new[] { renamed, exchanged })
        {
            Assert.Equal(
                "unknown-key",
                Code(EvidenceVerifier.Verify(scene.Origin.Text, scene.Origin.Statement, _ => key, EvidenceScene.Start, Skew))
            );
        }
    }

    [Fact]
    public void Verify_SignedByAnotherParty_IsWrongSigner()
    {
        var forged = scene.Mallory.Issue(scene.Receipt.Statement);
        Assert.Equal("wrong-signer", Code(scene.Verify(forged.Text, scene.Receipt.Statement)));
    }

    [Fact]
    public void Verify_StoreSignsForAParty_IsWrongSigner()
    {
        var forged = scene.Store.Issue(scene.Receipt.Statement);
        Assert.Equal("wrong-signer", Code(scene.Verify(forged.Text, scene.Receipt.Statement)));
    }

    [Fact]
    public void Verify_HolderNotAsStated_IsWrongHolder()
    {
        var claim = scene.Alice.Issue(scene.OriginStatement with { Hold = KeyHolder.Kms });
        Assert.Equal("wrong-holder", Code(scene.Verify(claim.Text, claim.Statement)));
    }

    [Theory]
    [InlineData(-25, "key-not-valid")]
    [InlineData(24, "key-not-valid")]
    [InlineData(2, "key-not-valid")]
    public void Verify_KeyTooEarlyExpiredOrRetired_IsNotValid(int hours, string code)
    {
        var key = scene.Alice.PartyKey with { RetiredAt = hours == 2 ? EvidenceScene.Start.AddHours(2) : null };
        var verdict = EvidenceVerifier.Verify(
            scene.Origin.Text,
            scene.Origin.Statement,
            _ => key,
            EvidenceScene.Start.AddHours(hours),
            TimeSpan.FromDays(3)
        );
        Assert.Equal(code, Code(verdict));
    }

    [Fact]
    public void Verify_SignatureOfOtherOctets_IsBad()
    {
        var (first, second) = (scene.Alice.Issue(scene.OriginStatement), scene.Alice.Issue(scene.OriginStatement));
        var spliced = string.Join('.', [.. first.Text.Split('.')[..2], second.Text.Split('.')[2]]);
        Assert.Equal("bad-signature", Code(scene.Verify(spliced, first.Statement)));
    }

    public static TheoryData<string> Members =>
        new(
            "id",
            "orig",
            "rcpt",
            "ttp",
            "exch",
            "doc.id",
            "doc.version",
            "doc.name",
            "doc.type",
            "doc.size",
            "doc.method",
            "doc.digest",
            "doc.commitment",
            "pol",
            "ref",
            "nonce",
            "gen",
            "due",
            "hold",
            "reason"
        );

    [Theory]
    [MemberData(nameof(Members))]
    public void Verify_OneMemberOtherThanExpected_IsNamed(string member)
    {
        var expected = Differ(scene.Refusal.Statement, member);
        // orig and rcpt also decide whose key must sign; the difference itself is what is tested here.
        var difference = StatementComparison.FirstDifference(expected, scene.Refusal.Statement);
        Assert.Equal(member, difference);
        if (member is not "rcpt")
        {
            Assert.Equal($"statement-mismatch:{member}", Code(scene.Verify(scene.Refusal.Text, expected)));
        }
    }

    [Theory]
    [InlineData(0, -6, "outside-time:gen")]
    [InlineData(0, -5, null)]
    [InlineData(5, 0, null)]
    [InlineData(6, 0, "outside-time:gen")]
    public void Verify_GenerationOutsideTheBounds_IsRefused(int earliestMinutes, int atMinutes, string? code)
    {
        var receipt = scene.Bob.Issue(scene.Receipt.Statement with { Gen = EvidenceScene.Start });
        var expected = receipt.Statement with { EarliestGen = EvidenceScene.Start.AddMinutes(earliestMinutes) };
        var verdict = EvidenceVerifier.Verify(receipt.Text, expected, scene.Find, EvidenceScene.Start.AddMinutes(atMinutes), Skew);
        Assert.Equal(code, verdict is EvidenceVerdict.Accepted ? null : Code(verdict));
    }

    [Theory]
    [InlineData(0, null)]
    [InlineData(1, "outside-time:gen")]
    public void Verify_OriginFromBeforeTheAnnouncement_IsRefusedWithoutSkew(int milliseconds, string? code)
    {
        var expected = scene.Origin.Statement with { EarliestGen = EvidenceScene.Start.AddMilliseconds(milliseconds) };
        var verdict = EvidenceVerifier.Verify(scene.Origin.Text, expected, scene.Find, EvidenceScene.Start, Skew);
        Assert.Equal(code, verdict is EvidenceVerdict.Accepted ? null : Code(verdict));
    }

    [Theory]
    [InlineData(0, null)]
    [InlineData(1, "key-not-valid")]
    public void Verify_OriginFromBeforeItsKey_IsRefusedWithoutSkew(int milliseconds, string? code)
    {
        var key = scene.Alice.PartyKey with { NotBefore = EvidenceScene.Start.AddMilliseconds(milliseconds) };
        var verdict = EvidenceVerifier.Verify(scene.Origin.Text, scene.Origin.Statement, _ => key, EvidenceScene.Start.AddMinutes(1), Skew);
        Assert.Equal(code, verdict is EvidenceVerdict.Accepted ? null : Code(verdict));
    }

    [Fact]
    public void Issue_StatementThatLacksAMember_IsRefused()
    {
        var fault = Assert.Throws<AggregateException>(() => scene.Alice.Issue(scene.OriginStatement with { Nonce = null })).InnerException;
        Assert.Equal("missing-member:nonce", Assert.IsAssignableFrom<ProtocolException>(fault).Code);
    }

    [Fact]
    public void Verify_SeveralFaults_NamesTheFirst()
    {
        var late = EvidenceScene.Start.AddDays(-2);
        var changed = scene.Origin.Text[..^4] + (scene.Origin.Text[^4] == 'A' ? 'B' : 'A') + scene.Origin.Text[^3..];
        var other = scene.Origin.Statement with { Nonce = EvidenceScene.NewNonce() };

        // A changed signature of a statement that is another's, made too early: each comes before the next.
        Assert.Equal("bad-signature", Code(scene.Verify(changed, other)));
        Assert.Equal("statement-mismatch:nonce", Code(VerifyAt(scene.Origin.Text, other, late)));
        Assert.Equal("bad-signature", Code(VerifyAt(changed, scene.Origin.Statement, late)));
    }

    private EvidenceVerdict VerifyAt(string token, EvidenceStatement expected, DateTimeOffset at) =>
        EvidenceVerifier.Verify(
            token,
            expected,
            id => scene.Find(id) is { } key ? key with { NotBefore = at.AddDays(-1) } : null,
            at,
            TimeSpan.FromMinutes(5)
        );

    [Fact]
    public void UnsignedEvidence_ParsedFromItsSigningInput_HasTheTokensHash()
    {
        var input = string.Join('.', scene.Origin.Text.Split('.')[..2]);
        var unsigned = UnsignedEvidence.Parse(input);
        Assert.Equal(scene.Origin.Hash, unsigned.Hash);
        Assert.Equal(scene.Origin.Statement, unsigned.Statement);
        Assert.Throws<ProtocolException>(() => unsigned.Sign(new byte[63]));
    }

    [Fact]
    public void Faults_Codes_AreAllDifferent() => Assert.Distinct(Enum.GetValues<TokenFault>().Select(fault => fault.Code()));

    private static string Code(EvidenceVerdict verdict) => Assert.IsType<EvidenceVerdict.Refused>(verdict).Refusal.Code;

    private EvidenceStatement Differ(EvidenceStatement statement, string member)
    {
        var other = EvidenceScene.Describe("other.pdf", 77, "other bytes");
        var document = statement.Document;
        return member switch
        {
            "pol" => statement with { Policy = EvidencePolicy.Disclosing },
            "id" => statement with { Id = EvidenceScene.NewId() },
            "orig" => statement with { Origin = scene.Mallory.Id },
            "rcpt" => statement with { Recipients = [scene.Mallory.Id] },
            "ttp" => statement with { Store = PartyId.Store("another") },
            "exch" => statement with { Exchange = ExchangeId.New(new SystemRandomness()) },
            "ref" => statement with { References = [statement.References[1], statement.References[0]] },
            "nonce" => statement with { Nonce = EvidenceScene.NewNonce() },
            "gen" => statement with { Gen = EvidenceScene.Start.AddMinutes(4) },
            "due" => statement with { Due = scene.Due.AddMilliseconds(1) },
            "hold" => statement with { Hold = KeyHolder.Kms },
            "reason" => statement with { Reason = "another" },
            _ => statement with { Document = Differ(document, other, member) },
        };
    }

    private static DocumentDescription Differ(DocumentDescription document, DocumentDescription other, string member) =>
        new(
            member == "doc.id" ? other.Id : document.Id,
            member == "doc.version" ? ObjectVersion.Parse("another") : document.Version,
            member == "doc.name" ? other.Name : document.Name,
            member == "doc.type" ? MediaType.Unknown : document.Type,
            member == "doc.size" ? other.Size : document.Size,
            member switch
            {
                "doc.method" or "doc.partSize" => DigestForm.OfParts(5 << 20),
                _ => document.Form,
            },
            member == "doc.digest" ? other.Digest : document.Digest,
            member == "doc.commitment" ? DocumentSalt.New(new SystemRandomness()).Commit(other.Digest!.Value) : document.Commitment
        );
}
