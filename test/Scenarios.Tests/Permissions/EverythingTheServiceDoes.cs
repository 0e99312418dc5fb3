using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using FairShare.Core.Digests;
using FairShare.Core.Identifiers;
using FairShare.Core.Jose;
using FairShare.Core.Keys;
using FairShare.Exchange.Evidence;
using FairShare.Scenarios.Tests.Log;
using FairShare.Testing;

namespace FairShare.Scenarios.Tests.Permissions;

/// <summary>Every call of the API and every step over the queue, once; parts that do not need each other run side by side.</summary>
internal static class EverythingTheServiceDoes
{
    /// <summary>Runs it all. Every part runs, also when another failed: a part may be what misses the right.</summary>
    /// <param name="host">The service.</param>
    /// <param name="scenario">Is given each part's name within that part.</param>
    /// <returns>What went wrong, by part.</returns>
    public static async Task<IReadOnlyCollection<string>> RunAsync(TestHost host, AsyncLocal<string?>? scenario = null)
    {
        var faults = new ConcurrentQueue<string>();
        TestParty? alice = null,
            bob = null;
        await TryAsync(
            "join",
            async () => (alice, bob) = (await TestParty.JoinAsync(host, "alice"), await TestParty.JoinAsync(host, "bob"))
        );
        if (alice is null || bob is null)
        {
            return faults;
        }

        using (alice)
        using (bob)
        {
            await Task.WhenAll(
                TryAsync("unknown exchange", () => AskForUnknownAsync(bob)),
                TryAsync(
                    "discovery",
                    async () => (await host.SendAsync(HttpMethod.Get, "/.well-known/fairshare", null, null)).Require(200)
                ),
                TryAsync("held key", () => SignWithHeldKeyAsync(host)),
                TryAsync("keys", () => RetireAsync(alice)),
                TryAsync("lookup", () => LookUpAsync(alice, bob)),
                TryAsync("repeat", () => RepeatAnnouncementAsync(alice)),
                TryAsync("exchange", () => ExchangeAsync(alice, bob)),
                TryAsync("refusal", () => DeclineAsync(alice, bob)),
                TryAsync("parts", () => UploadPartsAsync(alice)),
                TryAsync("parts on deposit", () => DepositPartsAsync(alice)),
                TryAsync("limits", () => CountAnewAsync(host, alice)),
                TryAsync("missing upload", () => MissingUploadAsync(alice)),
                TryAsync("abort", () => AbortAsync(alice, bob)),
                TryAsync("no abort", () => EndNothingAsync(host)),
                TryAsync("vault", () => VaultTour.RunAsync(alice)),
                TryAsync("webhooks", () => WebhookTour.RunAsync(host, alice, bob, (queue, body) => SendAsync(host, queue, body))),
                TryAsync("notices", () => NoticeTour.RunAsync(host)),
                TryAsync("queue", () => QueueTour.RunAsync(alice, bob))
            );
            // After the first stamps: once a chain is installed nobody asks for the certificate that vouches for itself.
            await TryAsync("certificate of stamps", () => CertifyStampsAsync(host));
            // Last, because it asks for every attribute that there is.
            await TryAsync("auditor", () => AuditorTour.RunAsync(host));
        }

        return faults;

        async Task TryAsync(string part, Func<Task> run)
        {
            _ = scenario?.Value = part;
            try
            {
                await run();
            }
#pragma warning disable CA1031 // Whatever a missing right leads to is a finding.
            catch (Exception fault)
#pragma warning restore CA1031
            {
                faults.Enqueue($"{part}: {fault.Message}");
            }
        }
    }

    private static async Task ExchangeAsync(TestParty alice, TestParty bob)
    {
        var document = await TestDocument.RequestUploadAsync(alice, null, bob);
        await document.UploadAsync();
        var origin = await document.SignAsync();
        var stamp = Convert.ToBase64String(await Timestamps.Stamping.StampAsync(alice, origin.Text));
        (await document.SubmitOriginAsync(origin.Text, stamp)).Require(200);
        (await alice.GetAsync("/documents?role=uploader")).Require(200);
        (await bob.GetAsync("/documents")).Require(200);
        (await bob.GetAsync($"/documents/{document.Id}")).Require(200);
        var exchange = await TestExchange.RequestAsync(bob, document);
        (await bob.GetAsync("/exchanges")).Require(200);
        var receipt = (await exchange.SignAsync()).Text;
        stamp = Convert.ToBase64String(await Timestamps.Stamping.StampAsync(bob, receipt));
        var url = (await exchange.SubmitReceiptAsync(receipt, stamp)).Require(200).Text("filePath");
        await host(bob).GetByteArrayAsync(url);
        using var log = new LogWorld(bob.Host);
        await log.SettleAsync(exchange.Challenge.Hash);
        (await bob.Host.SendAsync(HttpMethod.Get, "/log/tile/0/999", null, null)).Require(404);
        (await bob.GetAsync($"/exchanges/{exchange.Id}")).Require(200);
        (await alice.GetAsync($"/exchanges/{exchange.Id}/evidence")).Require(200);
        var renewed = (await bob.PostAsync($"/exchanges/{exchange.Id}/download")).Require(200).Text("filePath");
        await host(bob).GetByteArrayAsync(renewed);
        (await alice.GetAsync($"/exchanges?document={document.Id}")).Require(200);
        (await alice.GetAsync("/inbox")).Require(200);
        (await bob.GetAsync("/inbox")).Require(200);

        static HttpClient host(TestParty party) => party.Host.Http;
    }

    /// <summary>The operator asks for the request, and installs a chain that somebody else gave for the key.</summary>
    private static async Task CertifyStampsAsync(TestHost host)
    {
        var function = host.Embedded.Outputs["StampCertifierName"];
        var asked = await host.InvokeAsync(function, []);
        var installed = await host.InvokeAsync(
            function,
            new JsonObject { ["chain"] = Timestamps.StampIssuer.Certify($"{asked["request"]}") }
        );
        if (installed["installed"] is null)
        {
            throw new InvalidOperationException($"The chain was refused: {installed.ToJsonString()}");
        }
    }

    /// <summary>
    /// A message about a document that nobody aborted is done with at once, and deleted; others stay until no upload can come any more.
    /// </summary>
    private static Task EndNothingAsync(TestHost host) =>
        SendAsync(
            host,
            "EndingsQueue",
            new JsonObject
            {
                ["documentId"] = DocumentId.New(host.Randomness).ToString(),
                ["abortedAt"] = Timestamp.Format(host.Time.GetUtcNow()),
            }.ToJsonString()
        );

    /// <summary>Puts a message into the one queue whose name has this in it, and that is not one of dead letters.</summary>
    private static async Task SendAsync(TestHost host, string queue, string body)
    {
        var root = SignedAwsClient.OfRoot(host);
        var queues = (await root.CallAsync("sqs", "AmazonSQS.ListQueues", []))
            .Require(200)["QueueUrls"]
            .AsArray()
            .Select(url => url!.GetValue<string>());
        var url = queues.Single(one =>
            one.Contains(queue, StringComparison.Ordinal) && !one.Contains("DeadLetters", StringComparison.Ordinal)
        );
        (await root.CallAsync("sqs", "AmazonSQS.SendMessage", new JsonObject { ["QueueUrl"] = url, ["MessageBody"] = body })).Require(200);
    }

    private static async Task DeclineAsync(TestParty alice, TestParty bob)
    {
        var document = await TestDocument.DepositAsync(alice, bob);
        var exchange = await TestExchange.RequestAsync(bob, document);
        (await exchange.DeclineAsync()).Require(200);
    }

    private static async Task AbortAsync(TestParty alice, TestParty bob)
    {
        var document = await TestDocument.DepositAsync(alice, bob);
        var exchange = await TestExchange.RequestAsync(bob, document);
        await BadInput.BadInputCase.WaitUntilOpenAsync(exchange);
        (await alice.PostAsync($"/documents/{document.Id}/abort")).Require(200);
        // The deadline is an hour away: only the abort's signal ends it now.
        if (await exchange.WaitForEndingAsync() != "Aborted")
        {
            throw new InvalidOperationException("The abort did not end the open exchange.");
        }

        // A repeat counts as a call.
        (await alice.PostAsync($"/documents/{document.Id}/abort")).Require(200);
    }

    private static async Task SignWithHeldKeyAsync(TestHost host)
    {
        using var carol = await TestParty.SignUpAsync(host, "carol");
        var kid = (await carol.PostAsync("/keys", new JsonObject { ["kind"] = "kms" })).Require(201).Text("kid");
        (await carol.GetAsync($"/parties/{carol.Id}/keys")).Require(200);
        var document = new DocumentDescription(
            DocumentId.New(new SystemRandomness()),
            ObjectVersion.Parse("v"),
            DocumentName.Parse("a"),
            MediaType.Unknown,
            1,
            DocumentDigest.Whole(Sha256Digest.Of([1]))
        );
        var statement = Statements.Origin(
            EvidenceId.New(new SystemRandomness()),
            carol.Id,
            [],
            host.Store,
            document,
            Nonce.New(new SystemRandomness()),
            host.Time.GetUtcNow(),
            KeyHolder.Kms,
            DocumentSalt.New(new SystemRandomness())
        );
        var input = UnsignedEvidence.Write(statement, KeyId.Parse(kid)).SigningInput;
        (await carol.PostAsync($"/keys/{kid}/signatures", new JsonObject { ["signingInput"] = input })).Require(200);
        (await carol.DeleteAsync($"/keys/{kid}")).Require(200);
    }

    private static async Task RetireAsync(TestParty alice)
    {
        using var signer = new TestSigner();
        await alice.RegisterKeyAsync(signer);
        (await alice.DeleteAsync($"/keys/{signer.KeyId}")).Require(200);
        // Why a key is refused is asked of its owner's item.
        using var other = new TestSigner();
        var nonce = Nonce.New(new SystemRandomness());
        var refused = await alice.PostAsync(
            "/keys",
            new JsonObject
            {
                ["kind"] = "self",
                ["jwk"] = JsonNode.Parse(other.Public.ToJwk()),
                ["nonce"] = nonce.ToString(),
                ["proof"] = await KeyPossession.IssueAsync(alice.Id, nonce, other),
            }
        );
        if (refused.Code != "wrong-nonce")
        {
            throw new InvalidOperationException($"A nonce that was not given was answered with {refused.Code}.");
        }
    }

    private static async Task LookUpAsync(TestParty alice, TestParty bob)
    {
        (await bob.PostAsync("/parties/lookup/address")).Require(200);
        (await alice.PostAsync("/parties/lookup", new JsonObject { ["email"] = "bob@example.com" })).Require(200);
        (await bob.DeleteAsync("/parties/lookup/address")).Require(200);
    }

    private static async Task RepeatAnnouncementAsync(TestParty alice)
    {
        var announcement = TestDocument.Announce([1, 2, 3]);
        announcement["disclose"] = Disclosure.Digest;
        var first = (await alice.PostAsync("/documents", announcement.DeepClone(), "again")).Require(201).Text("fileId");
        var second = (await alice.PostAsync("/documents", announcement, "again")).Require(201).Text("fileId");
        if (first != second)
        {
            throw new InvalidOperationException("A repeated announcement was given another document.");
        }
    }

    private static async Task DepositPartsAsync(TestParty alice)
    {
        const long PartSize = 5 << 20;
        var content = RandomNumberGenerator.GetBytes(1000);
        var document = await TestMultipart.AnnounceAsync(
            alice,
            content,
            PartSize,
            TestMultipart.DigestOf(content, PartSize, content.Length)
        );
        var (_, tag) = await document.PutPartAsync(1, content);
        var version = await document.CompleteAsync([(1, tag!, content)]);
        // Its uploader asks which version it made.
        (await alice.GetAsync($"/documents/{document.Id}")).Require(200);
        (await document.SubmitOriginAsync(version)).Require(200);
    }

    /// <summary>A party whose counters say that it has used up what it may: what is really open is counted.</summary>
    private static async Task CountAnewAsync(TestHost host, TestParty alice)
    {
        using var dora = await TestParty.JoinAsync(host, "dora");
        var exchange = await TestExchange.RequestAsync(dora, await TestDocument.DepositAsync(alice, dora));
        (await exchange.SubmitReceiptAsync()).Require(200);
        var limits = Aws.Usage.UsageLimits.Default;
        await TestDocument.RequestUploadAsync(dora);
        await SetAsync("uploads", limits.PendingUploads);
        await TestDocument.RequestUploadAsync(dora);
        await SetAsync("exchanges", limits.OpenExchanges);
        await TestExchange.RequestAsync(dora, await TestDocument.DepositAsync(alice, dora));

        async Task SetAsync(string counter, int value)
        {
            var root = SignedAwsClient.OfRoot(host);
            // Each recount has its minute.
            (
                await root.CallAsync(
                    "dynamodb",
                    "DynamoDB_20120810.UpdateItem",
                    new JsonObject
                    {
                        ["TableName"] = host.Embedded.Outputs["EvidenceTableName"],
                        ["Key"] = new JsonObject
                        {
                            ["pk"] = new JsonObject { ["S"] = $"USAGE#{dora.Id}" },
                            ["sk"] = new JsonObject { ["S"] = "USAGE" },
                        },
                        ["UpdateExpression"] = $"SET {counter} = :value REMOVE recountedAt",
                        ["ExpressionAttributeValues"] = new JsonObject { [":value"] = new JsonObject { ["N"] = $"{value}" } },
                    }
                )
            ).Require(200);
        }
    }

    /// <summary>Whether it was just started is asked of the party's own notes.</summary>
    private static async Task AskForUnknownAsync(TestParty bob)
    {
        const string Unknown = "/exchanges/AAAAAAAAAAAAAAAAAAAAAA";
        (await bob.GetAsync(Unknown)).Require(404);
        (await bob.GetAsync($"{Unknown}/evidence")).Require(404);
        (await bob.PostAsync($"{Unknown}/download")).Require(404);
        var body = new JsonObject { ["nonce"] = "AAAAAAAAAAAAAAAAAAAAAA", ["signature"] = "a.b.c" };
        (await bob.PostAsync($"{Unknown}/receipt", body.DeepClone())).Require(404);
        (await bob.PostAsync($"{Unknown}/decline", body)).Require(404);
    }

    private static async Task MissingUploadAsync(TestParty alice)
    {
        var other = await TestDocument.RequestUploadAsync(alice);
        await other.UploadAsync();
        var document = await TestDocument.RequestUploadAsync(alice);
        (await alice.GetAsync($"/documents/{document.Id}")).Require(200);
        document.Version = other.Version;
        var code = (await document.SubmitOriginAsync()).Code;
        if (code != "document-not-uploaded")
        {
            throw new InvalidOperationException($"A missing upload was answered with {code}.");
        }
    }

    private static async Task UploadPartsAsync(TestParty alice)
    {
        var part = RandomNumberGenerator.GetBytes(1000);
        var digest = Sha256Digest.Of(part);
        var announcement = TestDocument.Announce(part);
        announcement["digest"] = new JsonObject
        {
            ["method"] = "sha-256-parts",
            ["value"] = Sha256Digest.Of(digest.ToBytes()).ToString(),
            ["partSize"] = 5 << 20,
        };
        var ticket = (await alice.PostAsync("/documents", announcement)).Require(201);
        var id = ticket.Text("fileId");
        var parts = (
            await alice.PostAsync(
                $"/documents/{id}/parts",
                new JsonObject { ["parts"] = new JsonArray(new JsonObject { ["number"] = 1, ["digest"] = digest.ToString() }) }
            )
        ).Require(200)["parts"][0]!;
        using var put = new HttpRequestMessage(HttpMethod.Put, parts["url"]!.GetValue<string>()) { Content = new ByteArrayContent(part) };
        put.Headers.TryAddWithoutValidation("x-amz-checksum-sha256", digest.ToBase64());
        using var stored = await alice.Host.Http.SendAsync(put);
        stored.EnsureSuccessStatusCode();
        await alice.Host.Http.GetStringAsync(ticket["upload"]["multipart"]!["partsUrl"]!.GetValue<string>());
        (await alice.PostAsync($"/documents/{id}/abort")).Require(200);
    }
}
