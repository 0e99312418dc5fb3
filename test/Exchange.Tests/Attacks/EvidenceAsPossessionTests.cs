using FairShare.Core.Jose;
using FairShare.Exchange.Tests.Evidence;

namespace FairShare.Exchange.Tests.Attacks;

public class EvidenceAsPossessionTests
{
    private readonly EvidenceScene scene = new();

    [Fact]
    public void Verify_EvidenceInTheProofsPlace_IsRefused() =>
        Assert.NotNull(KeyPossession.Verify(scene.Origin.Text, scene.Alice.Id, EvidenceScene.NewNonce(), scene.Alice.PartyKey.Key));
}
