using System.Text.Json.Nodes;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using FairShare.Testing;
using TemplateHost.Gateway.Faults;
using Xunit;

namespace FairShare.Scenarios.Tests.Exchange;

/// <summary>What one party may use, and what a party that uses too much is told.</summary>
public sealed class LimitTests : IAsyncLifetime
{
    private readonly ShiftedTime time = new();
    private readonly FaultPlan plan = new(seed: 3);
    private TestHost host = null!;
    private TestParty alice = null!;
    private TestParty bob = null!;
    private AmazonDynamoDBClient table = null!;

    public async ValueTask InitializeAsync()
    {
        host = await TestHost.StartAsync(
            new()
            {
                Listen = false,
                Time = time,
                Faults = plan,
            }
        );
        alice = await TestParty.JoinAsync(host, "alice");
        bob = await TestParty.JoinAsync(host, "bob");
        table = new AmazonDynamoDBClient(host.Owner(), host.Configure(new AmazonDynamoDBConfig()));
    }

    public async ValueTask DisposeAsync()
    {
        table.Dispose();
        alice.Dispose();
        bob.Dispose();
        await host.DisposeAsync();
    }

    [Fact]
    public async Task Calls_AtTheLimit_AreRefusedUntilTheNextHour()
    {
        await SetAsync(alice, "calls", 599);
        (await alice.PostAsync("/keys/nonces")).Require(201);
        var refused = await alice.PostAsync("/keys/nonces");
        Assert.Equal((429, "too-many-calls"), (refused.Status, refused.Code));
        Assert.InRange(await RetryAfterAsync(alice, "/keys/nonces"), 1, 3600);
        (await alice.GetAsync("/documents")).Require(200);
        (await bob.PostAsync("/keys/nonces")).Require(201);

        time.Advance(TimeSpan.FromHours(1));
        await alice.SignInAgainAsync();
        (await alice.PostAsync("/keys/nonces")).Require(201);
    }

    [Fact]
    public async Task Calls_OfARaisedGroup_HaveTenTimesTheLimit()
    {
        await SetAsync(alice, "calls", 600);
        await TestLimits.RaiseAsync(alice, 10);
        (await alice.PostAsync("/keys/nonces")).Require(201);
        await SetAsync(alice, "calls", 6000);
        Assert.Equal("too-many-calls", (await alice.PostAsync("/keys/nonces")).Code);
    }

    [Fact]
    public async Task Calls_AtOnceBelowTheLimit_AreCountedExactly()
    {
        await SetAsync(alice, "calls", 580);
        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => alice.PostAsync("/keys/nonces")));
        Assert.Equal(20, answers.Count(answer => answer.Status == 201));
        Assert.Equal(20, answers.Count(answer => answer.Code == "too-many-calls"));
    }

    [Fact]
    public async Task Exchanges_AtTheLimit_AreCountedAnewAndRefusedWhenReallyOpen()
    {
        var document = await TestDocument.DepositAsync(alice, bob);
        var open = await TestExchange.RequestAsync(bob, document);
        await BadInput.BadInputCase.WaitUntilOpenAsync(open);
        // 999 that have ended since are counted still: the first request finds that out, and is served.
        await SetAsync(bob, "exchanges", 1000);
        await TestExchange.RequestAsync(bob, document);
        Assert.Equal(2, await GetAsync(bob, "exchanges"));

        await NoteAsync(bob, 998);
        await SetAsync(bob, "exchanges", 1000);
        time.Advance(TimeSpan.FromMinutes(2));
        var refused = await bob.PostAsync($"/documents/{document.Id}/exchanges");
        Assert.Equal((429, "too-many-open-exchanges"), (refused.Status, refused.Code));
        Assert.InRange(await RetryAfterAsync(bob, $"/documents/{document.Id}/exchanges"), 1, 60);

        (await open.SubmitReceiptAsync()).Require(200);
        time.Advance(TimeSpan.FromMinutes(2));
        await TestExchange.RequestAsync(bob, document);
    }

    [Fact]
    public async Task Exchanges_AtOnceAtTheLimit_AreNotMore()
    {
        var document = await TestDocument.DepositAsync(alice, bob);
        await NoteAsync(bob, 995);
        await SetAsync(bob, "exchanges", 995);
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => bob.PostAsync($"/documents/{document.Id}/exchanges")));
        Assert.Equal(5, answers.Count(answer => answer.Status == 201));
        Assert.Equal(15, answers.Count(answer => answer.Code == "too-many-open-exchanges"));
    }

    [Fact]
    public async Task Uploads_AtTheLimit_AreRefusedUntilSomeAreDone()
    {
        await SetAsync(alice, "uploads", 100);
        var first = await TestDocument.RequestUploadAsync(alice);
        Assert.Equal(1, await GetAsync(alice, "uploads"));
        for (var number = 1; number < 100; number++)
        {
            await TestDocument.RequestUploadAsync(alice);
        }

        time.Advance(TimeSpan.FromMinutes(2));
        var refused = await alice.PostAsync("/documents", TestDocument.Announce([1]));
        Assert.Equal((429, "too-many-pending-uploads"), (refused.Status, refused.Code));
        await first.UploadAsync();
        (await first.SubmitOriginAsync()).Require(200);
        time.Advance(TimeSpan.FromMinutes(2));
        await TestDocument.RequestUploadAsync(alice);
    }

    [Fact]
    public async Task Executions_TooMany_IsBusyWithARetryAfter()
    {
        var document = await TestDocument.DepositAsync(alice, bob);
        plan.Rules = [new FaultRule(FaultKind.Refuse, 1, "states", "StartExecution", Code: "ExecutionLimitExceeded")];
        var refused = await bob.PostAsync($"/documents/{document.Id}/exchanges");
        Assert.Equal((503, "busy"), (refused.Status, refused.Code));
        Assert.Equal(1, await RetryAfterAsync(bob, $"/documents/{document.Id}/exchanges"));
        plan.Rules = [];
        await TestExchange.RequestAsync(bob, document);
    }

    [Fact]
    public async Task UnknownExchange_OnAClockThatStandsStill_IsAnsweredAllTheSame()
    {
        // A wait by a clock that stands still would never end.
        Assert.Equal("exchange-not-found", (await bob.GetAsync("/exchanges/AAAAAAAAAAAAAAAAAAAAAA")).Code);
        Assert.Equal(
            "exchange-not-found",
            (
                await alice.PostAsync(
                    "/exchanges/AAAAAAAAAAAAAAAAAAAAAA/receipt",
                    new JsonObject { ["nonce"] = "AAAAAAAAAAAAAAAAAAAAAA", ["signature"] = "a.b.c" }
                )
            ).Code
        );
    }

    [Fact]
    public async Task Request_SameKeyOtherDeadline_IsRefused()
    {
        var document = await TestDocument.DepositAsync(alice, bob);
        var path = $"/documents/{document.Id}/exchanges";
        var first = (await bob.PostAsync(path, new JsonObject { ["deadlineSeconds"] = 600 }, "key-1")).Require(201);
        Assert.Equal("idempotency-key-reused", (await bob.PostAsync(path, new JsonObject { ["deadlineSeconds"] = 601 }, "key-1")).Code);
        Assert.Equal(
            first.Text("challenge"),
            (await bob.PostAsync(path, new JsonObject { ["deadlineSeconds"] = 600 }, "key-1")).Require(201).Text("challenge")
        );
    }

    [Fact]
    public async Task Abort_AtTheLimit_IsTakenOnceAndItsRepeatsAreRefused()
    {
        var document = await TestDocument.DepositAsync(alice);
        var other = await TestDocument.DepositAsync(alice);
        await SetAsync(alice, "calls", 599);
        (await alice.PostAsync($"/documents/{document.Id}/abort")).Require(200);
        (await alice.PostAsync($"/documents/{document.Id}/abort")).Require(200);
        var refused = await alice.PostAsync($"/documents/{document.Id}/abort");
        Assert.Equal((429, "too-many-calls"), (refused.Status, refused.Code));
        (await alice.PostAsync($"/documents/{other.Id}/abort")).Require(200);
    }

    [Fact]
    public async Task Listing_AbortedDocumentsInBetween_PushesNobodyAway()
    {
        var kept = await TestDocument.DepositAsync(alice);
        var aborted = new List<TestDocument>();
        for (var number = 0; number < 60; number++)
        {
            aborted.Add(await TestDocument.DepositAsync(alice));
        }

        foreach (var document in aborted)
        {
            (await alice.PostAsync($"/documents/{document.Id}/abort")).Require(200);
        }

        var page = (await bob.GetAsync("/documents")).Require(200);
        Assert.Equal(kept.Id.ToString(), Assert.Single(page["documents"].AsArray())!["fileId"]!.GetValue<string>());
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(10));
        foreach (var document in aborted)
        {
            while (await ExistsAsync($"LISTING#{document.Id}", "READER#*"))
            {
                Assert.False(
                    patience.IsCancellationRequested,
                    $"The listing of the aborted {document.Id} is still there after ten minutes."
                );
                await Task.Delay(20);
            }
        }
    }

    private static Dictionary<string, AttributeValue> Key(string partition, string sort) =>
        new() { ["pk"] = new(partition), ["sk"] = new(sort) };

    private string TableName => host.Embedded.Outputs["EvidenceTableName"];

    private async Task<bool> ExistsAsync(string partition, string sort) =>
        (await table.GetItemAsync(TableName, Key(partition, sort))).Item is { Count: > 0 };

    private async Task<long> GetAsync(TestParty party, string counter) =>
        long.Parse(
            (await table.GetItemAsync(TableName, Key($"USAGE#{party.Id}", "USAGE"))).Item[counter].N,
            System.Globalization.CultureInfo.InvariantCulture
        );

    private Task<UpdateItemResponse> SetAsync(TestParty party, string counter, long value) =>
        table.UpdateItemAsync(
            new UpdateItemRequest
            {
                TableName = TableName,
                Key = Key($"USAGE#{party.Id}", "USAGE"),
                UpdateExpression = $"SET {counter} = :value",
                ExpressionAttributeValues = new() { [":value"] = new AttributeValue { N = $"{value}" } },
            }
        );

    /// <summary>Notes of exchanges that the party started and that are open.</summary>
    private async Task NoteAsync(TestParty party, int count)
    {
        foreach (var number in Enumerable.Range(0, count))
        {
            var item = Key($"USAGE#{party.Id}", $"EXCHANGE#AAAAAAAAAAAAAAAAA{number:0000}A");
            item["due"] = new AttributeValue(Core.Identifiers.Timestamp.Format(time.GetUtcNow().AddHours(1)));
            await table.PutItemAsync(TableName, item);
        }
    }

    private async Task<int> RetryAfterAsync(TestParty party, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, host.Embedded.ApiUrl + path) { Content = new StringContent("{}") };
        request.Headers.Authorization = new("Bearer", party.AccessToken);
        using var response = await host.Http.SendAsync(request);
        return (int)response.Headers.RetryAfter!.Delta!.Value.TotalSeconds;
    }
}
