using System.Text;
using System.Text.Json.Nodes;
using FairShare.Scenarios.Tests.Fuzz;
using FairShare.Testing;
using TemplateHost.Testing.Fuzzing;
using Xunit;

namespace FairShare.Scenarios.Tests.Queue;

/// <summary>
/// Whatever is sent, it is answered: to the party that it names or that its sender alone speaks for, else to the operator; and the answer
/// fits into one event.
/// </summary>
public sealed class QueueRefusalTests(ExchangeWorld world, ITestOutputHelper output) : IClassFixture<ExchangeWorld>
{
    /// <summary>What one message may hold, or nearly; an event holds 262,144 octets.</summary>
    private const int Largest = 261_900;

    public static TheoryData<string, string, string> Unreadable =>
        new()
        {
            { "4", """{"\ud800":1}""", "invalid-body" },
            { "4", """{"fileId":"\udfff"}""", "invalid-body" },
            { "1", """{"name":"a","name":"b"}""", "invalid-body" },
            { "6", "[]", "invalid-body" },
            { "a", "null", "invalid-body" },
            { "a", "{}", "invalid-body" },
            { "4", """{"fileId":7}""", "invalid-body" },
            { "4", """{"fileId":"../keys"}""", "invalid-document-id" },
            { "4", """{"fileId":"%2e%2e"}""", "invalid-document-id" },
            {
                "1",
                """{"name":"a","mediaType":"a/b","size":1,"digest":{"method":"sha-256-parts","value":"a"},"audience":[]}""",
                "not-available-over-queue"
            },
        };

    [Theory]
    [MemberData(nameof(Unreadable))]
    public async Task Message_Unreadable_IsRefusedToTheParty(string step, string message, string code)
    {
        var (queue, party) = await BoundAsync(step);
        var id = await queue.SendAsync($$"""{"protocolStep":"{{step}}","userId":"{{party.Id}}","message":{{message}}}""");

        var reply = await ReplyAsync(queue, id);

        Assert.Equal(("e", code), (reply["protocolStep"]!.GetValue<string>(), reply["message"]!["code"]!.GetValue<string>()));
        Assert.Equal(step, reply["message"]!["refusedStep"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("9")]
    [InlineData("")]
    [InlineData("é")]
    public async Task Step_Unknown_IsRefusedOnBothQueues(string step)
    {
        var (queue, party) = await BoundAsync("3");
        var other = PartyQueue.OfDownloaders(world.Host, "alice");
        var id = await queue.SendAsync($$$"""{"protocolStep":"{{{step}}}","userId":"{{{party.Id}}}","message":{}}""");

        foreach (var reply in await Task.WhenAll(ReplyAsync(queue, id), ReplyAsync(other, id)))
        {
            Assert.Equal(
                ("e", "invalid-request"),
                (reply["protocolStep"]!.GetValue<string>(), reply["message"]!["code"]!.GetValue<string>())
            );
            Assert.Equal(step, reply["message"]!["refusedStep"]!.GetValue<string>());
        }
    }

    [Fact]
    public async Task Message_UnreadableStepThree_IsAnsweredNotVerified()
    {
        var (queue, party) = await BoundAsync("3");
        var id = await queue.SendAsync($$$"""{"protocolStep":"3","userId":"{{{party.Id}}}","message":{"\ud800":1}}""");

        var reply = await ReplyAsync(queue, id);

        Assert.Equal(("v", "invalid-body"), (reply["protocolStep"]!.GetValue<string>(), reply["message"]!["reason"]!.GetValue<string>()));
        Assert.False(reply["message"]!["verified"]!.GetValue<bool>());
    }

    [Theory]
    [InlineData("1", "e", "body-too-large", "\"")]
    [InlineData("3", "v", "body-too-large", "x")]
    [InlineData("4", "e", "invalid-document-id", "\"")]
    [InlineData("6", "e", "invalid-exchange-id", "é")]
    [InlineData("a", "e", "invalid-document-id", "😀")]
    public async Task Message_Largest_IsRefusedInShort(string step, string replied, string code, string filling)
    {
        var (queue, party) = await BoundAsync(step);
        var member = step switch
        {
            "1" => "name",
            "3" => "signature",
            "6" => "exchangeId",
            _ => "fileId",
        };
        var message = new JsonObject { [member] = "" };
        if (step == "3")
        {
            message["fileId"] = Core.Identifiers.DocumentId.New(world.Host.Randomness).ToString();
        }

        var envelope = new JsonObject
        {
            ["protocolStep"] = step,
            ["userId"] = party.Id.ToString(),
            ["message"] = message,
        };
        var id = await queue.SendAsync(Filled(envelope, text => message[member] = text, filling));

        var reply = await ReplyAsync(queue, id);

        Assert.Equal(replied, reply["protocolStep"]!.GetValue<string>());
        Assert.Equal(code, (reply["message"]!["code"] ?? reply["message"]!["reason"])!.GetValue<string>());
        Assert.True(Encoding.UTF8.GetByteCount(reply.ToJsonString()) < 20_000);
    }

    [Theory]
    [InlineData("\"")]
    [InlineData("é")]
    [InlineData("😀")]
    [InlineData("<")]
    public async Task Message_LargestOfNobody_GoesToTheDeadLettersInShort(string filling)
    {
        var marker = Guid.NewGuid().ToString();
        var envelope = new JsonObject
        {
            ["protocolStep"] = "4",
            ["userId"] = world.Carol.Id.ToString(),
            ["message"] = new JsonObject { ["marker"] = marker },
        };
        await PartyQueue
            .OfUploaders(world.Host, "nobody")
            .SendAsync(Filled(envelope, text => envelope["message"]!["fileId"] = text, filling));

        var letter = await new DeadLetters(world.Host).FindAsync(letter =>
            letter["body"]!.GetValue<string>().Contains(marker, StringComparison.Ordinal)
        );

        Assert.Equal("unbound-sender", letter["reason"]!.GetValue<string>());
        Assert.EndsWith("…", letter["body"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    public static TheoryData<string, string> NoEnvelope =>
        new()
        {
            { "no envelope", "invalid-body" },
            { "[]", "invalid-body" },
            { """{"\ud800":1}""", "invalid-body" },
            { """{"protocolStep":"4","userId":"\ud800","message":{}}""", "invalid-body" },
            { """{"protocolStep":"\ud800","userId":"a","message":{}}""", "invalid-body" },
            { """{"protocolStep":"4","protocolStep":"1","userId":"a","message":{}}""", "invalid-body" },
            { """{"protocolStep":"4","userId":"a","message":""" + new string('[', 100) + new string(']', 100) + "}", "invalid-body" },
            { """{"protocolStep":"bind","userId":"a","message":{"\ud800":"a"}}""", "invalid-body" },
            { """{"protocolStep":"bind","userId":"a","message":{"nonce":"AAAAAAAAAAAAAAAAAAAAAA"}}""", "wrong-nonce" },
            { """{"protocolStep":"4","userId":"a","message":{}}""", "invalid-party-id" },
            { """{"protocolStep":"4","userId":"00000000-0000-4000-8000-000000000000","message":{}}""", "unbound-sender" },
        };

    [Theory]
    [MemberData(nameof(NoEnvelope))]
    public async Task Envelope_OfNobody_GoesToTheDeadLetters(string body, string code)
    {
        await PartyQueue.OfUploaders(world.Host, "nobody").SendAsync(body);

        var letter = await new DeadLetters(world.Host).FindAsync(letter => letter["body"]!.GetValue<string>() == body);

        Assert.Equal(code, letter["reason"]!.GetValue<string>());
    }

    [Theory]
    [MemberData(nameof(NoEnvelope))]
    public async Task Envelope_OfASenderOfOneParty_IsRefusedOnBothOfItsQueues(string body, string code)
    {
        var (queue, _) = await BoundAsync("3");
        var other = PartyQueue.OfDownloaders(world.Host, "alice");
        var id = await queue.SendAsync(body);

        foreach (var reply in await Task.WhenAll(ReplyAsync(queue, id), ReplyAsync(other, id)))
        {
            Assert.Equal(
                ("e", world.Alice.Id.ToString()),
                (reply["protocolStep"]!.GetValue<string>(), reply["userId"]!.GetValue<string>())
            );
            Assert.Equal(code, reply["message"]!["code"]!.GetValue<string>());
        }
    }

    /// <summary>The envelope, with so much of the filling that it has the largest size.</summary>
    private static string Filled(JsonObject envelope, Action<string> fill, string filling)
    {
        var options = new System.Text.Json.JsonSerializerOptions
        {
            Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };
        fill(filling);
        var one = Encoding.UTF8.GetByteCount(envelope.ToJsonString(options));
        fill(filling + filling);
        var each = Encoding.UTF8.GetByteCount(envelope.ToJsonString(options)) - one;
        fill(string.Concat(Enumerable.Repeat(filling, 1 + ((Largest - one) / each))));
        return envelope.ToJsonString(options);
    }

    // It empties the queues: what another test of this class waits for, that test sends itself.
    [Fact]
    public async Task Message_DrawnAnyhow_IsAnsweredOrBuriedAndARefusalChangesNothing()
    {
        await BoundAsync("3");
        var pending = await TestDocument.RequestUploadAsync(world.Alice, null, world.Bob);
        await pending.UploadAsync();
        var origin = (await pending.SignAsync()).Text;
        string[] valid =
        [
            Envelope("1", TestDocument.Announce([1, 2, 3], world.Bob)),
            Envelope(
                "3",
                new()
                {
                    ["fileId"] = $"{pending.Id}",
                    ["filePath"] = pending.Ticket.Text("filePath"),
                    ["nonce"] = pending.Ticket.Text("nonce"),
                    ["signature"] = origin,
                }
            ),
            Envelope("4", new() { ["fileId"] = $"{pending.Id}", ["deadlineSeconds"] = 60 }),
            Envelope(
                "6",
                new()
                {
                    ["exchangeId"] = "AAAAAAAAAAAAAAAAAAAAAA",
                    ["nonce"] = "AAAAAAAAAAAAAAAAAAAAAA",
                    ["signature"] = origin,
                }
            ),
            Envelope("a", new() { ["fileId"] = "AAAAAAAAAAAAAAAAAAAAAA" }),
            Envelope("bind", new() { ["nonce"] = "AAAAAAAAAAAAAAAAAAAAAA" }),
        ];
        var role = world.Host.Embedded.Outputs["UploaderRoleArn"];
        var fuzz = new QueueFuzz(world.Host, world.Host.Embedded.CredentialsFor(role, "alice"), valid);

        await fuzz.RunAsync(FuzzPlan.Of(120));

        output.WriteLine($"{fuzz}");
        // A handler that writes beside its refusals would be found.
        var writing = new QueueFuzz(world.Host, world.Host.Embedded.CredentialsFor(role, "alice"), ["no envelope", "{}"])
        {
            Beside = () => TestDocument.RequestUploadAsync(world.Alice),
        };
        await Assert.ThrowsAnyAsync<Xunit.Sdk.XunitException>(() => writing.RunAsync(new FuzzPlan(1, 0, 2)));

        string Envelope(string step, JsonObject message) =>
            new JsonObject
            {
                ["protocolStep"] = step,
                ["userId"] = $"{world.Alice.Id}",
                ["message"] = message,
            }.ToJsonString();
    }

    private async Task<(PartyQueue Queue, TestParty Party)> BoundAsync(string step)
    {
        var (queue, party) = step is "4" or "6"
            ? (PartyQueue.OfDownloaders(world.Host, "bob"), world.Bob)
            : (PartyQueue.OfUploaders(world.Host, "alice"), world.Alice);
        await queue.BindAsync(party);
        return (queue, party);
    }

    private static Task<JsonNode> ReplyAsync(PartyQueue queue, string messageId) =>
        queue.ReceiveAsync(envelope => envelope["message"]!["messageId"]?.GetValue<string>() == messageId);
}
