using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using FairShare.Core.Identifiers;
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
                TryAsync("unknown exchange", () => ExchangeTour.AskForUnknownAsync(bob)),
                TryAsync(
                    "discovery",
                    async () => (await host.SendAsync(HttpMethod.Get, "/.well-known/fairshare", null, null)).Require(200)
                ),
                TryAsync("held key", () => KeyTour.SignWithHeldKeyAsync(host)),
                TryAsync("keys", () => KeyTour.RetireAsync(alice)),
                TryAsync("lookup", () => KeyTour.LookUpAsync(alice, bob)),
                TryAsync("repeat", () => UploadTour.RepeatAnnouncementAsync(alice)),
                TryAsync("exchange", () => ExchangeTour.ExchangeAsync(alice, bob)),
                TryAsync("refusal", () => ExchangeTour.DeclineAsync(alice, bob)),
                TryAsync("parts", () => UploadTour.UploadPartsAsync(alice)),
                TryAsync("parts on deposit", () => UploadTour.DepositPartsAsync(alice)),
                TryAsync("limits", () => ExchangeTour.CountAnewAsync(host, alice)),
                TryAsync("missing upload", () => UploadTour.MissingUploadAsync(alice)),
                TryAsync("abort", () => ExchangeTour.AbortAsync(alice, bob)),
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
}
