using FairShare.Exchange.Evidence;
using FairShare.Testing;
using Xunit;

namespace FairShare.Scenarios.Tests.Exchange;

public sealed class FairExchangeTests(ExchangeWorld world) : IClassFixture<ExchangeWorld>
{
    [Fact]
    public async Task Exchange_ReceiptGiven_BothHaveTheOthersEvidence()
    {
        var document = await TestDocument.DepositAsync(world.Alice, world.Bob);
        var exchange = await TestExchange.RequestAsync(world.Bob, document);
        var receipt = await exchange.SignAsync();

        var answer = (await exchange.SubmitReceiptAsync(receipt.Text)).Require(200);

        Assert.Equal(("Completed", document.Id.ToString()), (answer.Text("state"), answer.Text("fileId")));
        Assert.Equal(document.Origin.Text, answer.Text("nro"));
        Assert.Equal(document.Content, await world.Host.Http.GetByteArrayAsync(answer.Text("filePath")));
        Assert.Equal(receipt.Text, (await exchange.EvidenceAsync(world.Alice))["nrr"]!.GetValue<string>());
        var release = EvidenceToken.Parse(answer.Text("release"));
        Assert.Equal([document.Origin.Hash, receipt.Hash], release.Statement.References);
        Assert.True(release.Statement.Gen <= release.Statement.Due);
    }

    [Fact]
    public async Task Exchange_BeforeTheReceipt_NeitherHasTheOthersEvidence()
    {
        var document = await TestDocument.DepositAsync(world.Alice, world.Bob);
        var exchange = await TestExchange.RequestAsync(world.Bob, document);
        while ((await world.Bob.GetAsync($"/exchanges/{exchange.Id}")).Status == 404)
        {
            await Task.Delay(10);
        }

        var forBob = await exchange.EvidenceAsync(world.Bob);
        var forAlice = await exchange.EvidenceAsync(world.Alice);
        var view = (await world.Bob.GetAsync($"/documents/{document.Id}")).Require(200).Body!;

        Assert.Null(forBob["nro"]);
        Assert.Null(forBob["release"]);
        Assert.Null(forAlice["nrr"]);
        Assert.Null(view["origin"]);
        Assert.Equal(document.Origin.Hash.ToString(), view["originHash"]!.GetValue<string>());
        Assert.Equal("exchange-not-completed", (await world.Bob.PostAsync($"/exchanges/{exchange.Id}/download")).Code);
        Assert.Equal(document.Origin.Hash, exchange.Challenge.Statement.References[0]);
    }

    [Fact]
    public async Task Inbox_AfterCompletion_HasStep7ForTheUploaderAndStep8ForTheDownloader()
    {
        var document = await TestDocument.DepositAsync(world.Alice, world.Bob);
        var exchange = await TestExchange.RequestAsync(world.Bob, document);
        var answer = (await exchange.SubmitReceiptAsync()).Require(200);

        var toAlice = await MessageAsync(world.Alice, exchange);
        var toBob = await MessageAsync(world.Bob, exchange);

        Assert.Equal("7", toAlice["protocolStep"]!.GetValue<string>());
        Assert.Equal(answer.Text("nrr"), toAlice["message"]!["nrr"]!.GetValue<string>());
        Assert.Equal("8", toBob["protocolStep"]!.GetValue<string>());
        Assert.Equal(document.Origin.Text, toBob["message"]!["nro"]!.GetValue<string>());
    }

    [Fact]
    public async Task Exchanges_OpenAndEnded_AreListedOnceWithWhatTheyAreAbout()
    {
        var document = await TestDocument.DepositAsync(world.Alice, world.Bob);
        var exchange = await TestExchange.RequestAsync(world.Bob, document);
        (await world.Bob.GetAsync($"/exchanges/{exchange.Id}")).Require(200);

        var open = await ListedAsync(world.Bob, exchange);
        (await exchange.SubmitReceiptAsync()).Require(200);
        var ended = await ListedAsync(world.Bob, exchange);

        Assert.Equal("AwaitingReceipt", open["state"]!.GetValue<string>());
        var about = EvidenceToken.Parse(exchange.Challenge.Text).Statement.Document;
        Assert.Equal((about.Name.ToString(), about.Size), (open["name"]!.GetValue<string>(), open["size"]!.GetValue<long>()));
        Assert.Equal("Completed", ended["state"]!.GetValue<string>());
        Assert.Equal("Completed", (await ListedAsync(world.Alice, exchange))["state"]!.GetValue<string>());
        Assert.DoesNotContain(
            (await world.Carol.GetAsync("/exchanges")).Require(200)["exchanges"].AsArray(),
            entry => entry!["exchangeId"]!.GetValue<string>() == exchange.Id.ToString()
        );
    }

    private static async Task<System.Text.Json.Nodes.JsonNode> ListedAsync(TestParty party, TestExchange exchange) =>
        Assert.Single(
            (await party.GetAsync("/exchanges")).Require(200)["exchanges"].AsArray(),
            entry => entry!["exchangeId"]!.GetValue<string>() == exchange.Id.ToString()
        )!;

    [Fact]
    public async Task Exchange_EveryRepeat_AnswersWithTheStoredOutcome()
    {
        var announcement = TestDocument.Announce([1, 2, 3], world.Bob);
        var first = (await world.Alice.PostAsync("/documents", announcement, "upload-1")).Require(201);
        var second = (await world.Alice.PostAsync("/documents", announcement, "upload-1")).Require(201);
        Assert.Equal((first.Text("fileId"), first.Text("nonce")), (second.Text("fileId"), second.Text("nonce")));

        var document = await TestDocument.DepositAsync(world.Alice, world.Bob);
        var deposit = (await document.SubmitOriginAsync(document.Origin)).Require(200);
        Assert.Equal(deposit.Text("receipt"), (await document.SubmitOriginAsync(document.Origin)).Text("receipt"));

        var path = $"/documents/{document.Id}/exchanges";
        var challenge = (await world.Bob.PostAsync(path, null, "download-1")).Require(201);
        Assert.Equal(challenge.Text("challenge"), (await world.Bob.PostAsync(path, null, "download-1")).Require(201).Text("challenge"));

        var exchange = await TestExchange.RequestAsync(world.Bob, document);
        var receipt = await exchange.SignAsync();
        var answer = (await exchange.SubmitReceiptAsync(receipt.Text)).Require(200);
        Assert.Equal(answer.Text("release"), (await exchange.SubmitReceiptAsync(receipt.Text)).Require(200).Text("release"));
    }

    [Fact]
    public async Task Exchange_ReceiptSentFourTimesAtOnce_CompletesOnce()
    {
        var document = await TestDocument.DepositAsync(world.Alice, world.Bob);
        var exchange = await TestExchange.RequestAsync(world.Bob, document);
        var receipt = await exchange.SignAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => exchange.SubmitReceiptAsync(receipt.Text)));

        Assert.Single(answers.Select(answer => answer.Require(200).Text("release")).Distinct());
    }

    [Fact]
    public async Task Exchange_OpenAudience_AnybodyMayAsk()
    {
        var document = await TestDocument.DepositAsync(world.Alice);
        var listed = (await world.Carol.GetAsync("/documents")).Require(200)["documents"].AsArray();
        Assert.Contains(listed, entry => entry!["fileId"]!.GetValue<string>() == document.Id.ToString());

        var exchange = await TestExchange.RequestAsync(world.Carol, document);

        (await exchange.SubmitReceiptAsync()).Require(200);
    }

    [Fact]
    public async Task Listing_NamedAudience_ShowsTheDocumentToThemOnly()
    {
        var document = await TestDocument.DepositAsync(world.Alice, world.Bob, world.Carol);
        var narrow = await TestDocument.DepositAsync(world.Alice, world.Bob);

        Assert.Contains(document.Id.ToString(), await ListAsync(world.Bob));
        Assert.Contains(document.Id.ToString(), await ListAsync(world.Carol));
        Assert.Contains(narrow.Id.ToString(), await ListAsync(world.Bob));
        Assert.DoesNotContain(narrow.Id.ToString(), await ListAsync(world.Carol));
        Assert.Contains(narrow.Id.ToString(), await ListAsync(world.Alice, "uploader"));
    }

    [Fact]
    public async Task Download_Renewed_GivesTheSameBytes()
    {
        var document = await TestDocument.DepositAsync(world.Alice, world.Bob);
        var exchange = await TestExchange.RequestAsync(world.Bob, document);
        (await exchange.SubmitReceiptAsync()).Require(200);

        var renewed = (await world.Bob.PostAsync($"/exchanges/{exchange.Id}/download")).Require(200);

        Assert.Equal(document.Content, await world.Host.Http.GetByteArrayAsync(renewed.Text("filePath")));
    }

    private static async Task<List<string>> ListAsync(TestParty party, string role = "reader")
    {
        var found = new List<string>();
        for (var cursor = ""; cursor is not null; )
        {
            var page = (await party.GetAsync($"/documents?role={role}{cursor}")).Require(200).Body!;
            found.AddRange(page["documents"]!.AsArray().Select(entry => entry!["fileId"]!.GetValue<string>()));
            cursor = page["cursor"] is { } next ? $"&cursor={next.GetValue<string>()}" : null;
        }

        return found;
    }

    private static async Task<System.Text.Json.Nodes.JsonNode> MessageAsync(TestParty party, TestExchange exchange) =>
        (await party.GetAsync("/inbox"))
            .Require(200)["messages"]
            .AsArray()
            .Single(message => message!["exchangeId"]!.GetValue<string>() == exchange.Id.ToString())!;
}
