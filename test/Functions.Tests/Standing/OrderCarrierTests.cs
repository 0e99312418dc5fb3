using FairShare.Contracts.Backup;
using FairShare.Functions.Hosting;
using FairShare.Functions.Outbound;
using FairShare.Functions.Standing;

namespace FairShare.Functions.Tests.Standing;

public sealed class OrderCarrierTests
{
    // To try again would not help: the owner has to hear why.
    [Fact]
    public async Task Carry_ToANameThatLeadsInward_SaysSoAndThatNobodyIsAway()
    {
        using var http = AwsClients.Outward(new AddressRule(AllowsLoopback: false));

        var carried = await new OrderCarrier(http).CarryAsync(
            "https://localhost:4433",
            "AAAAAAAAAAAAAAAAAAAAAA",
            "proofs",
            new PeerOrder("a.b.c", "", "{}"),
            TestContext.Current.CancellationToken
        );

        Assert.Equal(("address-refused", "", false), carried);
    }
}
