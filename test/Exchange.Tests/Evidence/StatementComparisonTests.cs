using FairShare.Core.Digests;
using FairShare.Core.Identifiers;
using FairShare.Exchange.Evidence;

namespace FairShare.Exchange.Tests.Evidence;

/// <summary>What a statement of origin is compared by: the members that other kinds do not have.</summary>
public class StatementComparisonTests
{
    private readonly EvidenceScene scene = new();

    [Fact]
    public void Verify_AnySalt_IsAcceptedWhereNoneIsExpected() =>
        Assert.IsType<EvidenceVerdict.Accepted>(scene.Verify(scene.Origin.Text, scene.Origin.Statement with { Salt = null }));

    [Fact]
    public void Verify_OtherSaltThanExpected_IsNamed() =>
        Assert.Equal("salt", Mismatch(scene.Origin.Statement with { Salt = DocumentSalt.New(new SystemRandomness()) }));

    [Fact]
    public void Verify_DisclosureThatWasNotAnnounced_IsNamed() =>
        Assert.Equal("disclose", Mismatch(scene.Origin.Statement with { DisclosesDigest = true }));

    [Fact]
    public void Difference_OfPartSizes_IsNamed()
    {
        var value = scene.Document.RequireDigest().Value;
        var (smaller, larger) = (InParts(value, 5 << 20), InParts(value, 6 << 20));
        Assert.Equal("doc.partSize", StatementComparison.FirstDifference(smaller, larger));
    }

    [Fact]
    public void Difference_OfKinds_IsTheEvent() =>
        Assert.Equal(
            "event",
            StatementComparison.FirstDifference(scene.Receipt.Statement, scene.Receipt.Statement with { Kind = EvidenceKind.Refusal })
        );

    [Fact]
    public void Equals_NothingOrSomethingElse_IsFalse()
    {
        Assert.False(scene.Origin.Statement.Equals(null));
        Assert.False(scene.Origin.Statement.Equals(scene.Origin.Statement with { Id = EvidenceScene.NewId() }));
        Assert.True(scene.Origin.Statement.Equals(EvidenceToken.Parse(scene.Origin.Text).Statement));
    }

    private EvidenceStatement InParts(Sha256Digest value, long partSize)
    {
        var document = scene.Document;
        return scene.OriginStatement with
        {
            Id = scene.Origin.Statement.Id,
            Nonce = scene.Origin.Statement.Nonce,
            Salt = scene.Origin.Statement.Salt,
            Document = new DocumentDescription(
                document.Id,
                document.Version,
                document.Name,
                document.Type,
                document.Size,
                DocumentDigest.OfParts(value, partSize)
            ),
        };
    }

    private string? Mismatch(EvidenceStatement expected) =>
        Assert.IsType<EvidenceVerdict.Refused>(scene.Verify(scene.Origin.Text, expected)).Refusal.Member;
}
