using FairShare.Core.Digests;
using FairShare.Core.Errors;
using FairShare.Core.Identifiers;
using FairShare.Exchange.Evidence;

namespace FairShare.Exchange.Tests.Evidence;

/// <summary>Which members each kind has and what they may be, to the last value on either side of each bound.</summary>
public class StatementShapeTests
{
    private readonly EvidenceScene scene = new();

    [Fact]
    public void Issue_AudienceOfTwo_IsTakenInTokensOfNoExchange()
    {
        PartyId[] two = [scene.Bob.Id, scene.Mallory.Id];
        var origin = scene.Alice.Issue(scene.OriginStatement with { Recipients = two });
        Assert.Equal(
            two,
            scene.Store.Issue(Statements.DepositReceipt(EvidenceScene.NewId(), origin, EvidenceScene.Start)).Statement.Recipients
        );
        Assert.Equal(
            two,
            scene.Store.Issue(Statements.AbortOfDocument(EvidenceScene.NewId(), origin, EvidenceScene.Start)).Statement.Recipients
        );
    }

    public static TheoryData<EvidenceKind> KindsOfAnExchange =>
        new(
            EvidenceKind.ReceiptChallenge,
            EvidenceKind.EvidenceOfReceipt,
            EvidenceKind.ReleaseRecord,
            EvidenceKind.Refusal,
            EvidenceKind.AbortRecord,
            EvidenceKind.ExpiryRecord
        );

    [Theory]
    [MemberData(nameof(KindsOfAnExchange))]
    public void Issue_ExchangeWithTwoDownloadersOrNone_IsRefused(EvidenceKind kind)
    {
        var statement = Of(kind);
        Assert.Equal("invalid-member:rcpt", Refused(statement with { Recipients = [scene.Bob.Id, scene.Mallory.Id] }));
        Assert.Equal("invalid-member:rcpt", Refused(statement with { Recipients = [] }));
        Assert.Equal(kind, scene.Store.Issue(statement).Kind);
    }

    [Theory]
    [InlineData("a", true)]
    [InlineData("a-1", true)]
    [InlineData("", false)]
    [InlineData("A", false)]
    [InlineData("not ordered", false)]
    [InlineData("trailing.", false)]
    public void Issue_Reason_IsOfItsAlphabet(string reason, bool taken) => AssertReason(reason, taken);

    [Theory]
    [InlineData(64, true)]
    [InlineData(65, false)]
    public void Issue_ReasonAtItsLimit_IsBounded(int length, bool taken) => AssertReason(new string('x', length), taken);

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public void Issue_ReleaseAfterTheDeadline_IsRefused(int millisecondsLate, bool taken)
    {
        var release = scene.Release.Statement with { Gen = scene.Due.AddMilliseconds(millisecondsLate) };
        Assert.Equal(taken ? null : "invalid-member:gen", taken ? Accept(release) : Refused(release));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(-1, false)]
    [InlineData(1, true)]
    public void Issue_ExpiryBeforeTheDeadline_IsRefused(int millisecondsLate, bool taken)
    {
        var expiry = Of(EvidenceKind.ExpiryRecord) with { Gen = scene.Due.AddMilliseconds(millisecondsLate) };
        Assert.Equal(taken ? null : "invalid-member:gen", taken ? Accept(expiry) : Refused(expiry));
    }

    [Fact]
    public void Issue_Disclosure_StandsInAnOriginOfPolicy2Alone()
    {
        Assert.True(scene.Alice.Issue(scene.OriginStatement with { DisclosesDigest = true }).Statement.DisclosesDigest);
        Assert.False(scene.Alice.Issue(scene.OriginStatement).Statement.DisclosesDigest);
        Assert.Equal("unknown-member:disclose", Refused(scene.Challenge.Statement with { DisclosesDigest = true }));
        Assert.Equal("unknown-member:disclose", Refused(scene.OldOriginStatement with { DisclosesDigest = true }));
    }

    [Fact]
    public void Parse_OriginThatDiscloses_SaysSoAgain()
    {
        var issued = scene.Alice.Issue(scene.OriginStatement with { DisclosesDigest = true });
        var read = EvidenceToken.Parse(issued.Text);
        Assert.True(read.Statement.DisclosesDigest);
        Assert.Equal(issued.Statement, read.Statement);
    }

    [Fact]
    public void Parse_DocumentInParts_HasItsPartSizeAgain()
    {
        var document = scene.Document;
        var inParts = new DocumentDescription(
            document.Id,
            document.Version,
            document.Name,
            document.Type,
            document.Size,
            DocumentDigest.OfParts(document.RequireDigest().Value, DigestLimits.MinPartSize)
        );
        var read = EvidenceToken.Parse(scene.Alice.Issue(scene.OriginStatement with { Document = inParts }).Text);
        Assert.Equal(inParts, read.Statement.Document);
        Assert.Equal(DigestLimits.MinPartSize, read.Statement.Document.Form.PartSize);
    }

    [Fact]
    public void Statements_OfATokenOfAnotherKind_AreRefused() =>
        Assert.Equal(
            "wrong-kind",
            Assert.Throws<ProtocolException>(() => Statements.Release(EvidenceScene.NewId(), scene.Refusal, EvidenceScene.Start)).Code
        );

    private void AssertReason(string reason, bool taken)
    {
        var refusal = scene.Refusal.Statement with { Reason = reason };
        Assert.Equal(taken ? null : "invalid-member:reason", taken ? Accept(refusal) : Refused(refusal));
    }

    private EvidenceStatement Of(EvidenceKind kind) =>
        kind switch
        {
            EvidenceKind.ReceiptChallenge => scene.Challenge.Statement,
            EvidenceKind.EvidenceOfReceipt => scene.Receipt.Statement,
            EvidenceKind.ReleaseRecord => scene.Release.Statement,
            EvidenceKind.Refusal => scene.Refusal.Statement,
            EvidenceKind.AbortRecord => Statements.AbortOfExchange(EvidenceScene.NewId(), scene.Challenge, EvidenceScene.Start),
            _ => Statements.Expiry(EvidenceScene.NewId(), scene.Challenge, scene.Due),
        };

    private string? Accept(EvidenceStatement statement)
    {
        scene.Store.Issue(statement);
        return null;
    }

    private string Refused(EvidenceStatement statement) =>
        Assert.IsType<TokenException>(Assert.Throws<AggregateException>(() => scene.Store.Issue(statement)).InnerException).Code;
}
