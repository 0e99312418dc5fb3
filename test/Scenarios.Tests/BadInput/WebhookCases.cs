using System.Text.Json.Nodes;
using FairShare.Core.Identifiers;
using FairShare.Scenarios.Tests.Webhooks;
using FairShare.Testing;

namespace FairShare.Scenarios.Tests.BadInput;

/// <summary>Calls about webhooks that are refused. Those of Dave, who exchanges nothing, are sent no messages meanwhile.</summary>
internal static class WebhookCases
{
    private const string Queue = "arn:aws:sqs:us-east-1:111111111111:queue";
    private const string Role = "arn:aws:iam::111111111111:role/fairshare/role";
    private const string Nowhere = "http://127.0.0.1:9/";

    public static IEnumerable<BadInputCase> All =>
        [
            BadInputCase.Of("a webhook without encryption", world => CreateAsync(world.Dave, "http://example.com/")),
            BadInputCase.Of("a webhook to a private address", world => CreateAsync(world.Dave, "https://10.0.0.1/")),
            BadInputCase.Of("a webhook to the metadata address", world => CreateAsync(world.Dave, "https://169.254.169.254/")),
            BadInputCase.Of("a webhook to that address as one of IPv6", world => CreateAsync(world.Dave, "https://[::ffff:a9fe:a9fe]/")),
            BadInputCase.Of("a webhook with a password in its address", world => CreateAsync(world.Dave, "https://a:b@example.com/")),
            BadInputCase.Of("a webhook to a script", world => CreateAsync(world.Dave, "javascript:alert(1)")),
            BadInputCase.Of("a webhook to a queue of FIFO", world => CreateAsync(world.Dave, Queue + ".fifo", Role)),
            BadInputCase.Of(
                "a webhook by a role of another path",
                world => CreateAsync(world.Dave, Queue, Role.Replace("fairshare", "x", StringComparison.Ordinal))
            ),
            BadInputCase.Of(
                "a webhook by a role of another account",
                world => CreateAsync(world.Dave, Queue, Role.Replace("1", "2", StringComparison.Ordinal))
            ),
            BadInputCase.Of("a webhook to a queue without a role", world => CreateAsync(world.Dave, Queue, null)),
            BadInputCase.Of("webhooks with a cursor that no listing gave", world => world.Dave.GetAsync("/webhooks?cursor=*")),
            BadInputCase.Of(
                "keys with a cursor that no listing gave",
                world => world.Dave.GetAsync($"/parties/{world.Dave.Id}/keys?cursor=*")
            ),
            BadInputCase.Of("keys on a page of none", world => world.Dave.GetAsync($"/parties/{world.Dave.Id}/keys?limit=0")),
            BadInputCase.Of("a malformed webhook id", world => world.Dave.DeleteAsync("/webhooks/1")),
            BadInputCase.Of("an unknown webhook", world => world.Dave.DeleteAsync($"/webhooks/{WebhookId.New(new SystemRandomness())}")),
            new BadInputCase("an eleventh webhook", FillAsync),
            OfPending("a ping that nobody answers", (world, path) => world.Dave.PostAsync($"{path}/verification")),
            OfPending("a replay to a webhook that is not verified", (world, path) => ReplayAsync(world, path)),
            OfPending("another party's webhook", (world, path) => world.Alice.PostAsync($"{path}/rotation")),
            OfPending(
                "deliveries with a cursor that no listing gave",
                (world, path) => world.Dave.GetAsync($"{path}/deliveries?cursor=abc")
            ),
            OfPending("a second secret on one day", (world, path) => world.Dave.PostAsync($"{path}/rotation"), RotateAsync),
            OfPending("a replay of what was never sent", (world, path) => ReplayAsync(world, path), VerifyAsync),
            OfPending(
                "a replay of a message with a long id",
                (world, path) => ReplayAsync(world, path, new string('m', 1100)),
                VerifyAsync
            ),
        ];

    private static BadInputCase OfPending(
        string name,
        Func<BadInputWorld, string, Task<Answer>> call,
        Func<BadInputWorld, Task<string>>? prepare = null
    ) =>
        new(
            name,
            async world =>
            {
                var path = await (prepare ?? (one => RegisterAsync(one, Nowhere)))(world);
                return () => call(world, path);
            }
        );

    private static async Task<string> RegisterAsync(BadInputWorld world, string url)
    {
        // No more of them than one party may have.
        foreach (var one in (await world.Dave.GetAsync("/webhooks")).Require(200)["webhooks"].AsArray())
        {
            (await world.Dave.DeleteAsync($"/webhooks/{one!["webhookId"]}")).Require(200);
        }

        return $"/webhooks/{(await CreateAsync(world.Dave, url)).Require(201).Text("webhookId")}";
    }

    private static async Task<string> RotateAsync(BadInputWorld world)
    {
        var path = await RegisterAsync(world, Nowhere);
        (await world.Dave.PostAsync($"{path}/rotation")).Require(200);
        return path;
    }

    private static async Task<string> VerifyAsync(BadInputWorld world)
    {
        await using var receiver = await Receiver.StartAsync();
        var path = await RegisterAsync(world, receiver.Url);
        (await world.Dave.PostAsync($"{path}/verification")).Require(200);
        return path;
    }

    private static async Task<Func<Task<Answer>>> FillAsync(BadInputWorld world)
    {
        for (var index = 0; index < 10; index++)
        {
            (await CreateAsync(world.Carol, Nowhere)).Require(201);
        }

        return () => CreateAsync(world.Carol, Nowhere);
    }

    private static Task<Answer> ReplayAsync(BadInputWorld world, string path, string messageId = "AAAAAAAAAAAAAAAAAAAAAA_7") =>
        world.Dave.PostAsync($"{path}/replays", new JsonObject { ["messageId"] = messageId });

    private static Task<Answer> CreateAsync(TestParty party, string url) => party.PostAsync("/webhooks", new JsonObject { ["url"] = url });

    private static Task<Answer> CreateAsync(TestParty party, string queue, string? role)
    {
        var request = new JsonObject { ["queue"] = queue };
        if (role is not null)
        {
            request["role"] = role;
        }

        return party.PostAsync("/webhooks", request);
    }
}
