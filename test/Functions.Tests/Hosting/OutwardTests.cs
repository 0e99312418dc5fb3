using System.Net;
using System.Net.Sockets;
using FairShare.Functions.Hosting;
using FairShare.Functions.Outbound;

namespace FairShare.Functions.Tests.Hosting;

public sealed class OutwardTests
{
    // What an owner names as a peer may be a name that leads inward: the connection is where it is seen.
    [Theory]
    [InlineData("http")]
    [InlineData("https")]
    public async Task Outward_OfADeployment_DoesNotConnectToLoopback(string scheme)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var http = AwsClients.Outward(new AddressRule(AllowsLoopback: false));

        var refused = await Assert.ThrowsAnyAsync<HttpRequestException>(() =>
            http.GetAsync($"{scheme}://localhost:{((IPEndPoint)listener.LocalEndpoint).Port}/", TestContext.Current.CancellationToken)
        );

        Assert.IsType<AddressRefusedException>(refused.InnerException);
        Assert.False(listener.Pending());
    }
}
