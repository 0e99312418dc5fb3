using FairShare.Exchange.Evidence;

namespace FairShare.Exchange.Tests.Evidence;

public class DepositEvidenceTests
{
    private readonly EvidenceScene scene = new();

    private EvidenceToken Receipt =>
        scene.Store.Issue(Statements.DepositReceipt(EvidenceScene.NewId(), scene.Origin, EvidenceScene.Start.AddSeconds(3)));

    [Fact]
    public void Verify_OriginAndItsReceipt_Holds()
    {
        var (checks, statement) = DepositEvidence.Verify(scene.Origin.Text, Receipt.Text + "\n", null, scene.Keys);
        Assert.All(checks, check => Assert.True(check.Passed, $"{check.Name}: {check.Detail}"));
        Assert.Equal(scene.Origin.Statement, statement);
    }

    [Fact]
    public void Verify_ReceiptForAnotherOrigin_Fails()
    {
        var other = scene.Alice.Issue(scene.OriginStatement);
        Assert.Equal("receipt.statement", FirstFailure(other.Text, Receipt.Text));
    }

    [Fact]
    public void Verify_KeyRetiredBeforeTheDeposit_Fails()
    {
        var keys = scene.Keys.Select(key => key with { RetiredAt = EvidenceScene.Start.AddSeconds(1) });
        var (checks, _) = DepositEvidence.Verify(scene.Origin.Text, Receipt.Text, null, keys);
        Assert.Contains(checks, check => check is { Name: "nro.key", Passed: false });
    }

    [Fact]
    public void Verify_MissingReceiptOrOtherKind_Fails()
    {
        Assert.Equal("receipt.form", FirstFailure(scene.Origin.Text, null));
        Assert.Equal("receipt.form", FirstFailure(scene.Origin.Text, scene.Challenge.Text));
        Assert.Equal("nro.form", FirstFailure(null, Receipt.Text));
    }

    [Fact]
    public void Verify_RecordOfTheAbort_Holds()
    {
        var record = RecordAt(EvidenceScene.Start.AddSeconds(3));
        var (checks, _) = DepositEvidence.Verify(scene.Origin.Text, Receipt.Text, record.Text + "\n", scene.Keys);
        Assert.All(checks, check => Assert.True(check.Passed, $"{check.Name}: {check.Detail}"));
        Assert.Contains(checks, check => check.Name == "record.signature");
    }

    [Fact]
    public void Verify_RecordOfAnotherDocumentOrBeforeTheDepositOrOtherKind_Fails()
    {
        var other = scene.Store.Issue(
            Statements.AbortOfDocument(EvidenceScene.NewId(), scene.Alice.Issue(scene.OriginStatement), EvidenceScene.Start.AddSeconds(4))
        );
        Assert.Equal("record.statement", FirstFailure(scene.Origin.Text, Receipt.Text, other.Text));
        Assert.NotNull(FirstFailure(scene.Origin.Text, Receipt.Text, RecordAt(EvidenceScene.Start.AddSeconds(2)).Text));
        Assert.Equal("record.form", FirstFailure(scene.Origin.Text, Receipt.Text, scene.Challenge.Text));
        Assert.Equal("record.form", FirstFailure(scene.Origin.Text, Receipt.Text, ""));
    }

    private EvidenceToken RecordAt(DateTimeOffset gen) =>
        scene.Store.Issue(Statements.AbortOfDocument(EvidenceScene.NewId(), scene.Origin, gen));

    private string? FirstFailure(string? origin, string? receipt, string? record = null) =>
        DepositEvidence.Verify(origin, receipt, record, scene.Keys).Checks.FirstOrDefault(check => !check.Passed)?.Name;
}
