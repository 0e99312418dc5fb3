using System.Text.Json.Nodes;
using FairShare.Exchange.Evidence;
using FairShare.Testing;
using Xunit;

namespace FairShare.Scenarios.Tests.Exchange;

/// <summary>Abort, refusal and deadline: each ends an exchange once, with sealed evidence, and releases nothing.</summary>
public sealed class EndingTests(ExchangeWorld world) : IClassFixture<ExchangeWorld>
{
    [Fact]
    public async Task Abort_BeforeDeposit_DropsTheUpload()
    {
        var document = await TestDocument.RequestUploadAsync(world.Alice);
        await document.UploadAsync();

        Assert.Equal(1, await AbortAsync(document));
        Assert.Equal(1, await AbortAsync(document));
        Assert.Equal("Dropped", await StateAsync(document));
    }

    [Fact]
    public async Task Abort_NeverAcquired_DeletesTheDocumentAndEndsOpenExchanges()
    {
        var document = await TestDocument.DepositAsync(world.Alice, world.Bob);
        var exchange = await OpenAsync(document);

        Assert.Equal(2, await AbortAsync(document));
        Assert.Equal("Aborted", await exchange.WaitForEndingAsync());
        Assert.Equal(2, await AbortAsync(document));

        Assert.Equal("Deleted", await StateAsync(document));
        await AssertNothingReleasedAsync(exchange, EvidenceKind.AbortRecord, Statements.AbortedByUploader);
    }

    [Fact]
    public async Task Abort_Acquired_HidesTheDocumentAndKeepsTheCompletedExchange()
    {
        var document = await TestDocument.DepositAsync(world.Alice, world.Bob);
        var completed = await TestExchange.RequestAsync(world.Bob, document);
        (await completed.SubmitReceiptAsync()).Require(200);
        var open = await OpenAsync(document);

        Assert.Equal(3, await AbortAsync(document));

        Assert.Equal("Aborted", await open.WaitForEndingAsync());
        Assert.Equal("Withdrawn", await StateAsync(document));
        Assert.Equal("Completed", await completed.StateAsync(world.Alice));
        Assert.Equal("document-not-available", (await world.Bob.PostAsync($"/documents/{document.Id}/exchanges")).Code);
        var renewed = (await world.Bob.PostAsync($"/exchanges/{completed.Id}/download")).Require(200);
        Assert.Equal(document.Content, await world.Host.Http.GetByteArrayAsync(renewed.Text("filePath")));
        await AssertNothingReleasedAsync(open, EvidenceKind.AbortRecord, Statements.AbortedByUploader);
    }

    [Fact]
    public async Task Abort_AgainstReceiptAtTheSameMoment_OneOfThemWins()
    {
        for (var round = 0; round < 5; round++)
        {
            var document = await TestDocument.DepositAsync(world.Alice, world.Bob);
            var exchange = await OpenAsync(document);

            await Task.WhenAll(exchange.SubmitReceiptAsync(), world.Alice.PostAsync($"/documents/{document.Id}/abort"));
            var ending = await exchange.WaitForEndingAsync();

            var forAlice = await exchange.EvidenceAsync(world.Alice);
            var forBob = await exchange.EvidenceAsync(world.Bob);
            Assert.Equal(ending == "Completed", forAlice["nrr"] is not null);
            Assert.Equal(ending == "Completed", forBob["nro"] is not null);
            Assert.Equal(ending == "Aborted", forBob["record"] is not null);
        }
    }

    [Fact]
    public async Task Decline_Open_EndsWithTheRefusalAndARecordOfIt()
    {
        var document = await TestDocument.DepositAsync(world.Alice, world.Bob);
        var exchange = await OpenAsync(document);

        (await exchange.DeclineAsync()).Require(200);

        var evidence = await exchange.EvidenceAsync(world.Alice);
        var refusal = EvidenceToken.Parse(evidence["refusal"]!.GetValue<string>());
        var record = EvidenceToken.Parse(evidence["record"]!.GetValue<string>());
        Assert.Equal(refusal.Hash, record.Statement.References[1]);
        Assert.Equal("Declined", await exchange.StateAsync(world.Alice));
        await AssertNothingReleasedAsync(exchange, EvidenceKind.AbortRecord, Statements.DeclinedByDownloader);
    }

    [Fact]
    public async Task Deadline_Passed_ExpiresAndTellsBoth()
    {
        var document = await TestDocument.DepositAsync(world.Alice, world.Bob);
        var exchange = await OpenAsync(document, deadlineSeconds: 600);
        await world.AdvanceAsync(TimeSpan.FromSeconds(590));
        Assert.Equal("AwaitingReceipt", await exchange.StateAsync(world.Bob));

        await world.AdvanceAsync(TimeSpan.FromSeconds(60));

        Assert.Equal("Expired", await exchange.WaitForEndingAsync());
        Assert.Equal("exchange-ended", (await exchange.SubmitReceiptAsync()).Code);
        await AssertNothingReleasedAsync(exchange, EvidenceKind.ExpiryRecord, Statements.DeadlinePassed);
        foreach (var party in new[] { world.Alice, world.Bob })
        {
            var messages = (await party.GetAsync("/inbox")).Require(200)["messages"].AsArray();
            var message = messages.Single(entry => entry!["exchangeId"]!.GetValue<string>() == exchange.Id.ToString())!;
            Assert.Equal("a", message["protocolStep"]!.GetValue<string>());
            Assert.Equal(EvidenceKind.ExpiryRecord, EvidenceToken.Parse(message["message"]!["record"]!.GetValue<string>()).Kind);
        }
    }

    [Fact]
    public async Task Deadline_Passed_IsInTheAuditorsIndexOfItsDay()
    {
        var document = await TestDocument.DepositAsync(world.Alice, world.Bob);
        var exchange = await OpenAsync(document, deadlineSeconds: 600);
        await world.AdvanceAsync(TimeSpan.FromSeconds(700));
        Assert.Equal("Expired", await exchange.WaitForEndingAsync());
        var declined = await OpenAsync(document);
        (await declined.DeclineAsync()).Require(200);
        var completed = await OpenAsync(document);
        (await completed.SubmitReceiptAsync()).Require(200);

        var day = world.Time.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        var expired = await EndedAsync($"Expired#{day}");

        Assert.Contains($"EXCHANGE#{exchange.Id}", expired);
        Assert.DoesNotContain($"EXCHANGE#{declined.Id}", expired);
        Assert.Contains($"EXCHANGE#{declined.Id}", await EndedAsync($"Declined#{day}"));
        Assert.Empty(await EndedAsync($"Completed#{day}"));
    }

    [Fact]
    public async Task Deadline_PassedButNotExpiredYet_RefusesTheReceipt()
    {
        var document = await TestDocument.DepositAsync(world.Alice, world.Bob);
        var exchange = await OpenAsync(document, deadlineSeconds: 600);
        await world.AdvanceAsync(TimeSpan.FromSeconds(602));

        Assert.Equal("deadline-passed", (await exchange.SubmitReceiptAsync()).Code);
    }

    [Fact]
    public async Task Upload_EvidenceAfterADay_IsRefused()
    {
        var document = await TestDocument.RequestUploadAsync(world.Alice);
        await document.UploadAsync();
        await world.AdvanceAsync(TimeSpan.FromHours(25));

        Assert.Equal("upload-expired", (await document.SubmitOriginAsync()).Code);
    }

    /// <summary>The exchanges that ended in a state on a day, as the auditor sees them.</summary>
    private async Task<List<string>> EndedAsync(string stateOn)
    {
        var auditor = new SignedAwsClient(world.Host, world.Host.Embedded.CredentialsFor(world.Host.Embedded.Outputs["AuditorRoleArn"]));
        var answer = await auditor.CallAsync(
            "dynamodb",
            "DynamoDB_20120810.Query",
            new JsonObject
            {
                ["TableName"] = world.Host.Embedded.Outputs["EvidenceTableName"],
                ["IndexName"] = "endingsByState",
                ["KeyConditionExpression"] = "stateOn = :value",
                ["ExpressionAttributeValues"] = new JsonObject { [":value"] = new JsonObject { ["S"] = stateOn } },
            }
        );
        return [.. answer.Require(200)["Items"].AsArray().Select(item => item!["pk"]!["S"]!.GetValue<string>())];
    }

    private async Task<TestExchange> OpenAsync(TestDocument document, int? deadlineSeconds = null)
    {
        var exchange = await TestExchange.RequestAsync(world.Bob, document, deadlineSeconds);
        while ((await world.Bob.GetAsync($"/exchanges/{exchange.Id}")).Status == 404)
        {
            await Task.Delay(10);
        }

        return exchange;
    }

    private async Task<int> AbortAsync(TestDocument document) =>
        (await world.Alice.PostAsync($"/documents/{document.Id}/abort")).Require(200)["abort"].GetValue<int>();

    private async Task<string> StateAsync(TestDocument document) =>
        (await world.Alice.GetAsync($"/documents/{document.Id}")).Require(200).Text("state");

    private async Task AssertNothingReleasedAsync(TestExchange exchange, EvidenceKind kind, string reason)
    {
        var forAlice = await exchange.EvidenceAsync(world.Alice);
        var forBob = await exchange.EvidenceAsync(world.Bob);
        Assert.Null(forAlice["nrr"]);
        Assert.Null(forBob["nro"]);
        var record = EvidenceToken.Parse(forBob["record"]!.GetValue<string>());
        Assert.Equal((kind, reason), (record.Kind, record.Statement.Reason));
        Assert.Equal(exchange.Id, record.Statement.Exchange);
        Assert.Equal("exchange-not-completed", (await world.Bob.PostAsync($"/exchanges/{exchange.Id}/download")).Code);
    }
}
