using System.Text.Json.Nodes;
using FairShare.Core.Identifiers;
using FairShare.Core.Keys;
using FairShare.Exchange.Evidence;
using FairShare.Testing;

namespace FairShare.Scenarios.Tests.Permissions;

/// <summary>
/// Every step over the queue: an exchange that completes, an open one that is aborted, and a message that nobody can answer.
/// </summary>
internal static class QueueTour
{
    public static async Task RunAsync(TestParty alice, TestParty bob)
    {
        var uploaders = PartyQueue.OfUploaders(alice.Host);
        var downloaders = PartyQueue.OfDownloaders(bob.Host);
        await BindAsync(uploaders, alice);
        await BindAsync(downloaders, bob);
        await uploaders.SendAsync(alice, "1", TestDocument.Announce([1, 2, 3], bob));
        using var uploaded = await alice.Host.UploadAsync((await uploaders.ReceiveAsync("2"))["message"]!["upload"]!, [1, 2, 3]);
        uploaded.EnsureSuccessStatusCode();
        await RefusedUploadAsync(uploaders, alice);
        var document = await TestDocument.RequestUploadAsync(alice, null, bob, await OtherReaderAsync(alice));
        await document.UploadAsync();
        await SendOriginAsync(uploaders, document);
        await RequestAsync(downloaders, bob, document, andSign: true);
        await uploaders.ReceiveAsync("7");
        await downloaders.ReceiveAsync("8");
        await RequestAsync(downloaders, bob, document, andSign: false);
        await AbortAsync(uploaders, alice, document.Id, 3);
        var unread = await TestDocument.DepositAsync(alice, bob);
        await AbortAsync(uploaders, alice, unread.Id, 2);
        await AbortPartsAsync(uploaders, alice);
        await downloaders.SendAsync("nobody's");
    }

    // With two readers the deposit is a transaction.
    private static Task<TestParty> OtherReaderAsync(TestParty alice) => TestParty.JoinAsync(alice.Host, "reader");

    private static async Task BindAsync(PartyQueue queue, TestParty party)
    {
        var nonce = (await party.PostAsync("/senders")).Require(201).Text("nonce");
        await queue.SendAsync(party, "bind", new JsonObject { ["nonce"] = nonce });
        await queue.ReceiveAsync("bind");
    }

    private static async Task RefusedUploadAsync(PartyQueue queue, TestParty alice)
    {
        // S3 must be able to say that there is no such version.
        var uploaded = await TestDocument.RequestUploadAsync(alice);
        await uploaded.UploadAsync();
        var missing = await TestDocument.RequestUploadAsync(alice);
        missing.Version = uploaded.Version;
        var reply = await SendOriginAsync(queue, missing);
        if (reply["reason"]?.GetValue<string>() != "document-not-uploaded")
        {
            throw new InvalidOperationException($"A missing upload was answered with {reply.ToJsonString()}.");
        }
    }

    private static async Task<JsonNode> SendOriginAsync(PartyQueue queue, TestDocument document)
    {
        var origin = await EvidenceIssuer.IssueAsync(document.OriginStatement(), document.Uploader.Signer);
        await queue.SendAsync(
            document.Uploader,
            "3",
            new JsonObject
            {
                ["fileId"] = document.Id.ToString(),
                ["filePath"] = document.Ticket.Text("filePath"),
                ["nonce"] = document.Ticket.Text("nonce"),
                ["signature"] = origin.Text,
            }
        );
        return (await queue.ReceiveAsync("v"))["message"]!;
    }

    private static async Task RequestAsync(PartyQueue queue, TestParty bob, TestDocument document, bool andSign)
    {
        await queue.SendAsync(bob, "4", new JsonObject { ["fileId"] = document.Id.ToString() });
        var challenge = (await queue.ReceiveAsync("5"))["message"]!;
        if (andSign)
        {
            var statement = Statements.Receipt(
                EvidenceId.New(new SystemRandomness()),
                EvidenceToken.Parse(challenge["challenge"]!.GetValue<string>()),
                bob.Host.Time.GetUtcNow(),
                KeyHolder.Self
            );
            await queue.SendAsync(
                bob,
                "6",
                new JsonObject
                {
                    ["exchangeId"] = challenge["exchangeId"]!.GetValue<string>(),
                    ["nonce"] = challenge["nonce"]!.GetValue<string>(),
                    ["signature"] = (await EvidenceIssuer.IssueAsync(statement, bob.Signer)).Text,
                }
            );
        }
    }

    private static async Task AbortAsync(PartyQueue queue, TestParty alice, DocumentId document, int outcome)
    {
        await queue.SendAsync(alice, "a", new JsonObject { ["fileId"] = document.ToString() });
        while (true)
        {
            var message = (await queue.ReceiveAsync("a"))["message"]!;
            // The workflow tells of the ended exchange with the same step.
            if (message["abort"] is { } abort)
            {
                if (abort.GetValue<int>() != outcome)
                {
                    throw new InvalidOperationException($"The abort's outcome is {abort}.");
                }

                return;
            }
        }
    }

    private static async Task AbortPartsAsync(PartyQueue queue, TestParty alice)
    {
        var announcement = TestDocument.Announce([1]);
        announcement["digest"]!["method"] = "sha-256-parts";
        announcement["digest"]!["partSize"] = 5 << 20;
        var id = DocumentId.Parse((await alice.PostAsync("/documents", announcement)).Require(201).Text("fileId"));
        await AbortAsync(queue, alice, id, 1);
    }
}
