using FairShare.Exchange.Evidence;
using FairShare.Testing;
using Xunit;

namespace FairShare.Scenarios.Tests.Exchange;

/// <summary>The host goes down between steps 5 and 6, and comes back on the same data.</summary>
public sealed class RestartTests : IDisposable
{
    private readonly string data = Directory.CreateTempSubdirectory("fairshare-restart").FullName;
    private readonly ShiftedTime time = new();

    [Fact]
    public async Task Exchange_HostRestartedAfterStep5_BobFinishes()
    {
        var (exchange, receipt, content) = await OpenAndStopAsync(deadlineSeconds: null);

        await using var host = await StartAsync();
        var bob = exchange.Downloader.On(host);
        var answer = (await bob.PostAsync($"/exchanges/{exchange.Id}/receipt", Body(exchange, receipt))).Require(200);

        Assert.Equal(receipt.Text, answer.Text("nrr"));
        Assert.Equal(content, await host.Http.GetByteArrayAsync(answer.Text("filePath")));
    }

    [Fact]
    public async Task Exchange_DeadlinePassesWhileTheHostIsDown_ExpiresForBoth()
    {
        Assert.SkipWhen(TestHost.PublishedFunctions is not null, "Published functions go by the system's clock.");
        var (exchange, receipt, _) = await OpenAndStopAsync(deadlineSeconds: 60);
        time.Advance(TimeSpan.FromMinutes(2));

        await using var host = await StartAsync();
        var bob = exchange.Downloader.On(host);
        var state = "AwaitingReceipt";
        for (var attempt = 0; attempt < 18_000 && state == "AwaitingReceipt"; attempt++)
        {
            await Task.Delay(50);
            state = (await bob.GetAsync($"/exchanges/{exchange.Id}")).Require(200).Text("state");
        }

        Assert.Equal("Expired", state);
        Assert.Equal("exchange-ended", (await bob.PostAsync($"/exchanges/{exchange.Id}/receipt", Body(exchange, receipt))).Code);
        var message = (await bob.GetAsync("/inbox")).Require(200)["messages"][0]!;
        Assert.Equal(EvidenceKind.ExpiryRecord, EvidenceToken.Parse(message["message"]!["record"]!.GetValue<string>()).Kind);
    }

    public void Dispose() => Directory.Delete(data, recursive: true);

    private static System.Text.Json.Nodes.JsonObject Body(TestExchange exchange, EvidenceToken receipt) =>
        new() { ["nonce"] = exchange.Nonce, ["signature"] = receipt.Text };

    private Task<TestHost> StartAsync() =>
        TestHost.StartAsync(
            new()
            {
                Listen = false,
                DataDirectory = data,
                Time = time,
            }
        );

    private async Task<(TestExchange Exchange, EvidenceToken Receipt, byte[] Content)> OpenAndStopAsync(int? deadlineSeconds)
    {
        await using var host = await StartAsync();
        var alice = await TestParty.JoinAsync(host, "alice");
        var bob = await TestParty.JoinAsync(host, "bob");
        var document = await TestDocument.DepositAsync(alice, bob);
        var exchange = await TestExchange.RequestAsync(bob, document, deadlineSeconds);
        await BadInput.BadInputCase.WaitUntilOpenAsync(exchange);
        return (exchange, await exchange.SignAsync(), document.Content);
    }
}
