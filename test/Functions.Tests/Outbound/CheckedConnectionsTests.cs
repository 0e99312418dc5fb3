using System.Net;
using System.Net.Sockets;
using FairShare.Functions.Outbound;

namespace FairShare.Functions.Tests.Outbound;

public sealed class CheckedConnectionsTests
{
    private static readonly IPAddress Public = IPAddress.Parse("8.8.8.8");

    [Theory]
    [InlineData("169.254.169.254")]
    [InlineData("10.0.0.1")]
    [InlineData("127.0.0.1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("fd00:ec2::254")]
    public async Task Send_ANameThatLeadsInward_IsRefusedBeforeAnythingIsConnected(string address) =>
        await RefusedAsync("https://example.com/", [IPAddress.Parse(address)]);

    [Fact]
    public async Task Send_ANameWithOnePublicAddressAndOneInward_IsRefused() =>
        await RefusedAsync("https://example.com/", [Public, IPAddress.Loopback]);

    [Fact]
    public async Task Send_ANameThatLeadsNowhere_IsRefused() => await RefusedAsync("https://example.com/", []);

    [Fact]
    public async Task Send_PlainTextToAPublicAddress_IsRefused() => await RefusedAsync("http://example.com/", [Public]);

    // What a name says at the second question makes no difference: it is not asked again.
    [Fact]
    public async Task Send_ANameThatChangesItsMind_IsConnectedToTheAddressThatWasLookedAt()
    {
        using var looked = new TcpListener(IPAddress.Loopback, 0);
        looked.Start();
        var port = ((IPEndPoint)looked.LocalEndpoint).Port;
        var asked = 0;
        using var http = new CheckedConnections(
            new AddressRule(AllowsLoopback: true),
            (_, _) => Task.FromResult(asked++ == 0 ? new[] { IPAddress.Loopback } : [IPAddress.Parse("127.0.0.2")])
        ).Open();
        var sending = http.GetAsync($"http://rebinding.example:{port}/", TestContext.Current.CancellationToken);

        var accepting = looked.AcceptTcpClientAsync(TestContext.Current.CancellationToken).AsTask();
        await Task.WhenAny(accepting, sending);

        Assert.True(accepting.IsCompletedSuccessfully, "The connection went to an address that was not looked at.");
        using var accepted = await accepting;
        Assert.Equal((1, IPAddress.Loopback), (asked, ((IPEndPoint)accepted.Client.LocalEndPoint!).Address.MapToIPv4()));
        accepted.Close();
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => sending);
    }

    private static async Task RefusedAsync(string url, IPAddress[] addresses)
    {
        using var http = new CheckedConnections(new AddressRule(AllowsLoopback: false), (_, _) => Task.FromResult(addresses)).Open();
        var sender = new WebhookSender(http, TimeProvider.System);

        var answer = await sender.SendAsync(url, "x_7", "{}", [new byte[32]], TestContext.Current.CancellationToken);

        Assert.Equal(new WebhookAnswer(null, "address-refused"), answer);
    }
}
