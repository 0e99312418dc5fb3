using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
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

    // Who built the chain by what the certificate says would call whatever address its maker likes.
    [Fact]
    public async Task Send_ToACertificateThatNamesItsIssuersPlace_CallsNothingThere()
    {
        using var named = new TcpListener(IPAddress.Loopback, 0);
        using var server = new TcpListener(IPAddress.Loopback, 0);
        named.Start();
        server.Start();
        using var certificate = MakeLeaf($"http://{named.LocalEndpoint}/issuer.cer");
        var serving = ServeAsync(server, certificate);
        using var http = new CheckedConnections(new AddressRule(AllowsLoopback: true)).Open();

        var refused = await Assert.ThrowsAnyAsync<Exception>(() =>
            http.GetAsync($"https://{server.LocalEndpoint}/", TestContext.Current.CancellationToken)
        );

        Assert.False(named.Pending(), "The address in the certificate was called.");
        Assert.IsType<AuthenticationException>(Assert.IsType<HttpRequestException>(refused).InnerException);
        await serving;
    }

    private static async Task ServeAsync(TcpListener server, X509Certificate2 certificate)
    {
        using var accepted = await server.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        await using var stream = new SslStream(accepted.GetStream());
        try
        {
            // Offline: or it would be the server that calls there.
            var own = SslStreamCertificateContext.Create(certificate, additionalCertificates: null, offline: true);
            await stream.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificateContext = own });
            _ = await stream.ReadAsync(new byte[1], TestContext.Current.CancellationToken);
        }
        catch (Exception cut) when (cut is IOException or AuthenticationException)
        {
            // The client does not trust it, as it should not.
        }
    }

    private static X509Certificate2 MakeLeaf(string issuerUrl)
    {
        var now = TimeProvider.System.GetUtcNow();
        using var issuerKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var authority = new CertificateRequest("CN=a stranger", issuerKey, HashAlgorithmName.SHA256);
        authority.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var issuer = authority.CreateSelfSigned(now.AddDays(-1), now.AddDays(2));
        var leaf = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        leaf.CertificateExtensions.Add(new X509AuthorityInformationAccessExtension(ocspUris: null, caIssuersUris: [issuerUrl]));
        using var made = leaf.Create(issuer, now.AddDays(-1), now.AddDays(1), [1, 2, 3]);
        return made.CopyWithPrivateKey(key);
    }

    private static async Task RefusedAsync(string url, IPAddress[] addresses)
    {
        using var http = new CheckedConnections(new AddressRule(AllowsLoopback: false), (_, _) => Task.FromResult(addresses)).Open();
        var sender = new WebhookSender(http, TimeProvider.System);

        var answer = await sender.SendAsync(url, "x_7", "{}", [new byte[32]], TestContext.Current.CancellationToken);

        Assert.Equal(new WebhookAnswer(null, "address-refused"), answer);
    }
}
