using System.Text.Json.Nodes;
using System.Threading.Channels;
using FairShare.Cli.Output;
using FairShare.Client.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace FairShare.Client.Tests.Cli.Built;

/// <summary>Webhooks by the built command, against an <c>up</c> that calls this machine.</summary>
public sealed class WebhookCommandTests(UpFixture up) : IClassFixture<UpFixture>, IDisposable
{
    private readonly Workspace workspace = new();
    private readonly Channel<string> messages = Channel.CreateUnbounded<string>();

    public void Dispose() => workspace.Dispose();

    [Fact]
    public async Task Webhooks_AddVerifyAndReplay_DeliverAReceiptTwice()
    {
        await using var server = await LocalServer.StartAsync(AnswerAsync);
        var (alice, _) = await up.JoinAsync();
        var added = (await alice.RunAsync("webhooks", "add", server.Url + "/hook", "--json")).Answer;
        var id = $"{added["webhookId"]}";
        Assert.StartsWith("whsec_", $"{added["secret"]}", StringComparison.Ordinal);
        Assert.Equal("Active", $"{(await alice.RunAsync("webhooks", "verify", id, "--json")).Answer["state"]}");

        var document = $"{(await alice.RunAsync("put", workspace.MakeFile("a.bin", 100), "--open", "--json")).Answer["fileId"]}";
        var got = (await up.Bob.RunAsync("get", document, "--out", workspace.At("out"), "--yes", "--json")).Answer;

        var message = await messages.Reader.ReadAsync(Stop);
        Assert.Equal($"{got["exchangeId"]}_7", message);
        _ = (await alice.RunAsync("webhooks", "replay", id, message, "--json")).Answer;
        Assert.Equal(message, await messages.Reader.ReadAsync(Stop));
        var listed = (await alice.RunAsync("webhooks", "deliveries", id, "--json")).Answer["deliveries"]!.AsArray();
        Assert.Equal(message, $"{Assert.Single(listed)!["messageId"]}");
        Assert.Equal("Nothing.", (await alice.RunAsync("webhooks", "deliveries", id, "--dead")).Output.Trim());
    }

    [Fact]
    public async Task Webhooks_RotateAndRemove_ShowANewSecretAndForget()
    {
        var (alice, _) = await up.JoinAsync();
        var added = (await alice.RunAsync("webhooks", "add", "https://example.com/hook", "--json")).Answer;
        var id = $"{added["webhookId"]}";

        var rotated = (await alice.RunAsync("webhooks", "rotate", id, "--json")).Answer;

        Assert.NotEqual($"{added["secret"]}", $"{rotated["secret"]}");
        (await alice.RunAsync("webhooks", "rotate", id)).Require(ExitCode.Refused, "webhook-rotated");
        Assert.Contains(id, (await alice.RunAsync("webhooks", "list")).Output, StringComparison.Ordinal);
        _ = (await alice.RunAsync("webhooks", "remove", id, "--json")).Answer;
        Assert.Equal("No webhooks.", (await alice.RunAsync("webhooks", "list")).Output.Trim());
    }

    [Fact]
    public async Task Webhooks_AddOfAPrivateAddress_IsRefused() =>
        (await up.Alice.RunAsync("webhooks", "add", "https://192.168.0.1/")).Require(ExitCode.Refused, "invalid-webhook-url");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        if (JsonNode.Parse(await reader.ReadToEndAsync())!["challenge"] is { } challenge)
        {
            await context.Response.WriteAsync(new JsonObject { ["challenge"] = $"{challenge}" }.ToJsonString());
            return;
        }

        messages.Writer.TryWrite($"{context.Request.Headers["webhook-id"]}");
    }
}
