using FairShare.Protocol.Evidence;

namespace FairShare.Protocol.Tests.Evidence;

public class DepositEvidenceTests
{
    private readonly EvidenceScene scene = new();

    private EvidenceToken Receipt => scene.Store.Issue(
        Statements.DepositReceipt(EvidenceScene.NewId(), scene.Origin, EvidenceScene.Start.AddSeconds(3)));

    [Fact]
    public void Verify_OriginAndItsReceipt_Holds()
    {
        var (checks, statement) = DepositEvidence.Verify(scene.Origin.Text, Receipt.Text + "\n", scene.Keys);
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
        Assert.Contains(DepositEvidence.Verify(scene.Origin.Text, Receipt.Text, keys).Checks, check => check is { Name: "nro.key", Passed: false });
    }

    [Fact]
    public void Verify_MissingReceiptOrOtherKind_Fails()
    {
        Assert.Equal("receipt.form", FirstFailure(scene.Origin.Text, null));
        Assert.Equal("receipt.form", FirstFailure(scene.Origin.Text, scene.Challenge.Text));
        Assert.Equal("nro.form", FirstFailure(null, Receipt.Text));
    }

    private string? FirstFailure(string? origin, string? receipt) =>
        DepositEvidence.Verify(origin, receipt, scene.Keys).Checks.FirstOrDefault(check => !check.Passed)?.Name;
}
