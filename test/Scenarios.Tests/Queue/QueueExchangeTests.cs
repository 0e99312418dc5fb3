using System.Text.Json.Nodes;
using FairShare.Core.Digests;
using FairShare.Core.Identifiers;
using FairShare.Core.Keys;
using FairShare.Exchange.Evidence;
using FairShare.Testing;
using Xunit;

namespace FairShare.Scenarios.Tests.Queue;

/// <summary>The exchange over the seed's envelope, with nothing of the HTTP API but sign-up, keys and the binding's nonce.</summary>
public sealed class QueueExchangeTests(ExchangeWorld world) : IClassFixture<ExchangeWorld>
{
    private readonly byte[] content = System.Security.Cryptography.RandomNumberGenerator.GetBytes(2000);

    [Fact]
    public async Task Envelope_AllSteps_CompletesWithRepliesOnBothQueues()
    {
        var uploaders = PartyQueue.OfUploaders(world.Host);
        var downloaders = PartyQueue.OfDownloaders(world.Host);
        await BindAsync(uploaders, world.Alice);
        await BindAsync(downloaders, world.Bob);

        await uploaders.SendAsync(world.Alice, "1", TestDocument.Announce(content, world.Bob));
        var ticket = (await uploaders.ReceiveAsync("2"))["message"]!;
        var origin = await EvidenceIssuer.IssueAsync(Origin(ticket, await PutAsync(ticket)), world.Alice.Signer);
        await uploaders.SendAsync(
            world.Alice,
            "3",
            new JsonObject
            {
                ["fileId"] = ticket["fileId"]!.GetValue<string>(),
                ["filePath"] = ticket["filePath"]!.GetValue<string>(),
                ["nonce"] = ticket["nonce"]!.GetValue<string>(),
                ["signature"] = origin.Text,
            }
        );
        Assert.True((await uploaders.ReceiveAsync("v"))["message"]!["verified"]!.GetValue<bool>());

        await downloaders.SendAsync(world.Bob, "4", new JsonObject { ["fileId"] = ticket["fileId"]!.GetValue<string>() });
        var challenge = (await downloaders.ReceiveAsync("5"))["message"]!;
        var statement = Statements.Receipt(
            EvidenceId.New(new SystemRandomness()),
            EvidenceToken.Parse(challenge["challenge"]!.GetValue<string>()),
            TimeProvider.System.GetUtcNow(),
            KeyHolder.Self
        );
        var receipt = await EvidenceIssuer.IssueAsync(statement, world.Bob.Signer);
        await downloaders.SendAsync(
            world.Bob,
            "6",
            new JsonObject
            {
                ["exchangeId"] = challenge["exchangeId"]!.GetValue<string>(),
                ["nonce"] = challenge["nonce"]!.GetValue<string>(),
                ["signature"] = receipt.Text,
            }
        );
        var toAlice = (await uploaders.ReceiveAsync("7"))["message"]!;
        var toBob = (await downloaders.ReceiveAsync("8"))["message"]!;

        Assert.Equal(receipt.Text, toAlice["NRR"]!.GetValue<string>());
        Assert.Equal(world.Bob.Id.ToString(), toAlice["downloader"]!.GetValue<string>());
        Assert.Equal(origin.Text, toBob["NRO"]!.GetValue<string>());
        Assert.Equal(toAlice["release"]!.GetValue<string>(), toBob["release"]!.GetValue<string>());
        Assert.Equal($"documents/{ticket["fileId"]!.GetValue<string>()}", toBob["filePath"]!.GetValue<string>());
        var download = (await world.Bob.PostAsync($"/exchanges/{toBob["exchangeId"]!.GetValue<string>()}/download")).Require(200);
        Assert.Equal(content, await world.Host.Http.GetByteArrayAsync(download.Text("filePath")));

        await uploaders.SendAsync(world.Alice, "a", new JsonObject { ["fileId"] = ticket["fileId"]!.GetValue<string>() });
        Assert.Equal(3, (await uploaders.ReceiveAsync("a"))["message"]!["abort"]!.GetValue<int>());
    }

    [Fact]
    public async Task Envelope_EvidenceOfAnotherDocument_IsAnsweredNotVerified()
    {
        var uploaders = PartyQueue.OfUploaders(world.Host);
        await BindAsync(uploaders, world.Alice);
        var document = await TestDocument.RequestUploadAsync(world.Alice);
        await uploaders.SendAsync(
            world.Alice,
            "3",
            new JsonObject
            {
                ["fileId"] = document.Id.ToString(),
                ["filePath"] = document.Ticket.Text("filePath"),
                ["nonce"] = document.Ticket.Text("nonce"),
                ["signature"] = "a.b.c",
            }
        );

        var reply = (await uploaders.ReceiveAsync("v"))["message"]!;

        Assert.False(reply["verified"]!.GetValue<bool>());
        Assert.Equal("malformed-jws", reply["reason"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("not json", "invalid-body")]
    [InlineData("""{"protocolStep":"9","userId":"PARTY","message":{}}""", "unbound-sender")]
    [InlineData("""{"protocolStep":"4","userId":"PARTY","message":{}}""", "unbound-sender")]
    [InlineData("""{"protocolStep":"bind","userId":"PARTY","message":{"nonce":"AAAAAAAAAAAAAAAAAAAAAA"}}""", "wrong-nonce")]
    public async Task Envelope_NotAttributable_GoesToTheDeadLettersWithTheReason(string body, string reason)
    {
        // Carol is bound to no sender: whoever claims to be her is not believed.
        await PartyQueue.OfUploaders(world.Host).SendAsync(body.Replace("PARTY", world.Carol.Id.ToString(), StringComparison.Ordinal));

        var letter = await new DeadLetters(world.Host).FindAsync(letter => letter["reason"]!.GetValue<string>() == reason);

        Assert.StartsWith("AROA", letter["senderId"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    private static async Task BindAsync(PartyQueue queue, TestParty party)
    {
        var nonce = (await party.PostAsync("/senders")).Require(201).Text("nonce");
        await queue.SendAsync(party, "bind", new JsonObject { ["nonce"] = nonce });
        await queue.ReceiveAsync("bind");
    }

    private async Task<ObjectVersion> PutAsync(JsonNode ticket)
    {
        using var response = await world.Host.UploadAsync(ticket["upload"]!, content);
        return ObjectVersion.Parse(response.EnsureSuccessStatusCode().Headers.GetValues("x-amz-version-id").Single());
    }

    private EvidenceStatement Origin(JsonNode ticket, ObjectVersion version) =>
        Statements.Origin(
            EvidenceId.New(new SystemRandomness()),
            world.Alice.Id,
            [world.Bob.Id],
            world.Host.Store,
            new DocumentDescription(
                DocumentId.Parse(ticket["fileId"]!.GetValue<string>()),
                version,
                DocumentName.Parse("contract.pdf"),
                MediaType.Parse("application/pdf"),
                content.Length,
                DocumentDigest.Whole(Sha256Digest.Of(content))
            ),
            Nonce.Parse(ticket["nonce"]!.GetValue<string>()),
            TimeProvider.System.GetUtcNow(),
            KeyHolder.Self,
            DocumentSalt.New(new SystemRandomness())
        );
}
