using System.Net;
using System.Net.Sockets;
using FairShare.Cli.Output;
using FairShare.Client.Http;
using FairShare.Client.Tests.Support;
using FairShare.Contracts.Vault;
using FairShare.Core.Identifiers;
using FairShare.Vault.Codes;
using FairShare.Vault.Derivation;
using FairShare.Vault.Tokens;

namespace FairShare.Client.Tests.Cli.Built.Vault;

/// <summary>A client written from the seed's document alone stores and fetches through <c>vault gateway</c>.</summary>
public sealed class GatewayTests(GatewayFixture gateway) : IClassFixture<GatewayFixture>, IDisposable
{
    private readonly UpFixture up = gateway.Up;
    private readonly Workspace workspace = new();
    private readonly byte[] file = Content();

    public void Dispose() => workspace.Dispose();

    [Fact]
    public async Task Session_WholeAsTheSeedHasIt_IsThisTranscript()
    {
        await using var client = await FssClient.ConnectAsync(gateway.Port);

        var cookie = await client.UploadAsync("content"u8.ToArray(), "PASSWORD");
        await client.SendAsync("D", cookie, "WRONG");
        Assert.Equal(("E", "Invalid password"), await client.ReceiveAsync());
        Assert.Equal("content"u8.ToArray(), await client.DownloadAsync(cookie, "PASSWORD"));

        Assert.Equal(
            [
                "C U|PASSWORD|",
                $"S R|{cookie}|",
                "C F|Y29udGVudA==|",
                "S R|OK|",
                "C F|FIN|",
                "S R|OK|",
                $"C D|{cookie}|WRONG|",
                "S E|Invalid password|",
                $"C D|{cookie}|PASSWORD|",
                "S S|Approved|",
                "S F|Y29udGVudA==|",
                "C D|OK|",
                "S F|FIN|",
                "C D|OK|",
            ],
            client.Transcript
        );
        Assert.Matches("^[0-9]{48}$", cookie);
    }

    [Fact]
    public async Task Session_WithRsaAndByteByByte_IsTheSameFile()
    {
        await using var encrypting = await GatewayProcess.StartAsync(up.Bob, "--rsa");
        foreach (var (port, encrypts, split) in new[] { (gateway.Port, false, 1), (encrypting.Port, true, 0), (encrypting.Port, true, 1) })
        {
            await using var client = await FssClient.ConnectAsync(port, encrypts, split);
            var cookie = await client.UploadAsync(file, "PASSWORD");
            Assert.Equal(file, await client.DownloadAsync(cookie, "PASSWORD"));
        }
    }

    [Fact]
    public async Task Sessions_SeveralAtOnce_AreApart()
    {
        var files = Enumerable.Range(0, 3).Select(number => file[..(1000 * (number + 1))]).ToList();
        await Task.WhenAll(
            files.Select(
                async (content, number) =>
                {
                    await using var client = await FssClient.ConnectAsync(gateway.Port);
                    var cookie = await client.UploadAsync(content, $"password {number}");
                    Assert.Equal(content, await client.DownloadAsync(cookie, $"password {number}"));
                }
            )
        );
    }

    [Fact]
    public async Task Upload_ThroughTheGateway_IsFetchedByTheCommandAndListed()
    {
        await using var client = await FssClient.ConnectAsync(gateway.Port);
        var cookie = await client.UploadAsync(file, "PASSWORD");
        var stranger = workspace.Stranger().Knowing("PASSWORD");

        _ = (
            await stranger.RunAsync("vault", "get", cookie, "--service", up.Url, "--out", workspace.At("out"), "--name", "file", "--json")
        ).Answer;

        Assert.Equal(file, await File.ReadAllBytesAsync(workspace.At("out", "file"), TestContext.Current.CancellationToken));
        Assert.Contains($"F-{cookie}", (await up.Alice.RunAsync("vault", "list")).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Failed to proceed with the selected operation", "X|")]
    [InlineData("Failed to proceed with the selected operation", "UPASSWORD|")]
    [InlineData("Failed to proceed with the selected operation", "|")]
    [InlineData("Illegal user state", "F|Y29udGVudA==|")]
    public async Task Message_OutOfPlace_IsAnsweredAndEndsTheConversation(string details, string message)
    {
        await using var client = await FssClient.ConnectAsync(gateway.Port);
        await client.SendBytesAsync(Bytes(message));
        Assert.Equal(("E", details), await client.ReceiveAsync());
        Assert.True(await client.IsEndedAsync());
    }

    [Theory]
    [InlineData("Invalid cookie", "D|123|PASSWORD|")]
    [InlineData("Invalid cookie", "D|136021057210105094113039113188177221253072063999|PASSWORD|")]
    [InlineData("Invalid cookie", "D|136021057210105094113039113188177221253072063121|PASSWORD|")]
    [InlineData("Invalid password", "U||")]
    [InlineData("Invalid password", "U|\u00ff|")]
    [InlineData("Invalid cookie", "D|\u00ff|PASSWORD|")]
    public async Task Request_WrongCookieOrPassword_IsAnsweredAndTheConversationGoesOn(string details, string message)
    {
        await using var client = await FssClient.ConnectAsync(gateway.Port);
        await client.SendBytesAsync(Bytes(message));
        Assert.Equal(("E", details), await client.ReceiveAsync());
        var cookie = await client.UploadAsync([1, 2, 3], "PASSWORD");
        Assert.Equal([1, 2, 3], await client.DownloadAsync(cookie, "PASSWORD"));
    }

    [Theory]
    [InlineData("Illegal user state", "U|PASSWORD|")]
    [InlineData("Illegal user state", "D|OK|")]
    [InlineData("cannot upload/download the file", "F|no base64!|")]
    public async Task Upload_WithAMessageOutOfPlace_StoresNothing(string details, string message)
    {
        await using var client = await FssClient.ConnectAsync(gateway.Port);
        await client.SendAsync("U", "PASSWORD");
        var (_, cookie) = await client.ReceiveAsync();
        await client.SendBytesAsync(Bytes(message));
        Assert.Equal(("E", details), await client.ReceiveAsync());
        Assert.True(await client.IsEndedAsync());
        await AssertNotStoredAsync(cookie);
    }

    [Fact]
    public async Task Upload_OversizedMessage_StoresNothing()
    {
        await using var client = await FssClient.ConnectAsync(gateway.Port);
        await client.SendAsync("U", "PASSWORD");
        var (_, cookie) = await client.ReceiveAsync();
        await client.SendBytesAsync([(byte)'F', 0, .. Enumerable.Repeat((byte)'A', (1 << 20) + 1)]);
        Assert.Equal(("E", "Failed to proceed with the selected operation"), await client.ReceiveAsync());
        await AssertNotStoredAsync(cookie);
    }

    [Fact]
    public async Task Upload_ClientGoneWithoutASeparator_StoresNothing()
    {
        await using var client = await FssClient.ConnectAsync(gateway.Port);
        await client.SendAsync("U", "PASSWORD");
        var (_, cookie) = await client.ReceiveAsync();
        await client.SendAsync("F", Convert.ToBase64String(file));
        await client.ReceiveAsync();
        await client.SendBytesAsync("F\0FIN"u8.ToArray());
        client.EndSending();
        Assert.True(await client.IsEndedAsync());
        await AssertNotStoredAsync(cookie);
    }

    [Fact]
    public async Task Download_ClientThatDoesNotConfirm_IsInAnIllegalState()
    {
        await using var client = await FssClient.ConnectAsync(gateway.Port);
        var cookie = await client.UploadAsync(file, "PASSWORD");
        await client.SendAsync("D", cookie, "PASSWORD");
        await client.ReceiveAsync();
        await client.ReceiveAsync();
        await client.SendAsync("D", "NO");
        Assert.Equal(("E", "Illegal user state"), await client.ReceiveAsync());
        Assert.True(await client.IsEndedAsync());
    }

    // The password is right, so it is not said to be wrong.
    [Fact]
    public async Task Download_AfterTenWrongGuesses_CannotBeDone()
    {
        await using var client = await FssClient.ConnectAsync(gateway.Port);
        var cookie = await client.UploadAsync([1, 2, 3], "PASSWORD");
        var id = SecretDerivation.ItemId(VaultCookie.Parse(cookie));
        using var http = new HttpClient { BaseAddress = new Uri(up.Url.TrimEnd('/') + "/") };
        var api = new FairShareApi(http, null, TimeProvider.System, new SystemRandomness());
        for (var guess = 0; guess < 10; guess++)
        {
            var request = new VaultOpenRequest(new string('A', 43), VaultTicket.New(new SystemRandomness()).ToString());
            var refused = await Assert.ThrowsAsync<FairShareProblem>(() =>
                api.CallAsync(VaultRoutes.OpenVaultItem, id, request, TestContext.Current.CancellationToken)
            );
            Assert.Equal("vault-wrong-password", refused.Code);
        }

        await client.SendAsync("D", cookie, "PASSWORD");

        Assert.Equal(("E", "cannot upload/download the file"), await client.ReceiveAsync());
    }

    [Fact]
    public async Task Gateway_PortThatIsTaken_IsAborted()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        var run = await up.Alice.RunAsync("vault", "gateway", "--port", $"{port}");
        run.Require(ExitCode.LocalFile, "cannot-start");
        Assert.Contains("Server operation was aborted", run.Error, StringComparison.Ordinal);
    }

    private static byte[] Content()
    {
        var content = new byte[10_000];
        new Random(7).NextBytes(content);
        return content;
    }

    // The bar stands for the separator.
    private static byte[] Bytes(string message) => System.Text.Encoding.Latin1.GetBytes(message.Replace('|', '\0'));

    private async Task AssertNotStoredAsync(string cookie)
    {
        await using var client = await FssClient.ConnectAsync(gateway.Port);
        await client.SendAsync("D", cookie, "PASSWORD");
        Assert.Equal(("E", "Invalid cookie"), await client.ReceiveAsync());
        Assert.DoesNotContain(cookie, (await up.Alice.RunAsync("vault", "list")).Output, StringComparison.Ordinal);
    }
}
