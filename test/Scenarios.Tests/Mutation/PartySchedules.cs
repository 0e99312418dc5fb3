using System.Text.Json.Nodes;
using FairShare.Core.Identifiers;
using FairShare.Core.Jose;
using FairShare.Testing;

namespace FairShare.Scenarios.Tests.Mutation;

/// <summary>Schedules in which somebody does what is not theirs to do.</summary>
internal static class PartySchedules
{
    private static readonly TimeSpan Moment = TimeSpan.FromMinutes(2);

    public static Schedule AbortedByReader { get; } =
        new(
            "the downloader aborts the document",
            async world =>
            {
                var (document, _) = await Schedules.OpenDocumentAsync(world);
                await Schedules.AbortAsync(world, document, world.Bob);
                await Schedules.QuietAsync(world);
            }
        );

    public static Schedule AskedBefore { get; } =
        new(
            "the downloader asks for all that there is, before its receipt",
            async world =>
            {
                var (document, exchange) = await Schedules.OpenDocumentAsync(world);
                await world.Bob.GetAsync($"/documents/{document.Id}");
                await world.Bob.GetAsync($"/exchanges/{exchange.Id}/evidence");
                await world.Bob.PostAsync($"/exchanges/{exchange.Id}/download");
            }
        );

    public static Schedule AskedByStranger { get; } =
        new(
            "a stranger asks for all that there is of a completed exchange",
            async world =>
            {
                var (document, exchange) = await Schedules.OpenDocumentAsync(world);
                await world.AwaitAsync(exchange.SubmitReceiptAsync());
                await world.Carol.GetAsync($"/documents/{document.Id}");
                await world.Carol.GetAsync($"/exchanges/{exchange.Id}/evidence");
                await world.Carol.PostAsync($"/exchanges/{exchange.Id}/download");
                await world.Carol.GetAsync("/inbox");
                await world.SettleAsync(Moment);
            }
        );

    public static Schedule RequestedByStranger { get; } =
        new(
            "a stranger asks for a document that is for another",
            async world =>
            {
                var document = await TestDocument.DepositAsync(world.Alice, world.Bob);
                await world.Carol.PostAsync($"/documents/{document.Id}/exchanges");
                await Schedules.QuietAsync(world);
            }
        );

    public static Schedule OneKeyForTwo { get; } =
        new("two parties register one key", async world => await world.Carol.TryRegisterKeyAsync(world.Bob.Signer));

    public static Schedule KeyWithoutItsPrivateHalf { get; } =
        new(
            "a party registers a key of which it has the public half alone",
            async world =>
            {
                using var others = new TestSigner();
                world.KeyOfNobody = others.KeyId.ToString();
                var nonce = Nonce.Parse((await world.Carol.PostAsync("/keys/nonces")).Require(201).Text("nonce"));
                world.Note = await KeyPossession.IssueAsync(world.Carol.Id, nonce, others);
                var body = new JsonObject
                {
                    ["kind"] = "self",
                    ["jwk"] = JsonNode.Parse(others.Public.ToJwk()),
                    ["nonce"] = nonce.ToString(),
                    ["proof"] = await KeyPossession.IssueAsync(world.Carol.Id, nonce, world.Carol.Signer),
                };
                await world.Carol.PostAsync("/keys", body);
            }
        );

    public static Schedule AbortedInAnothersName { get; } =
        new(
            "a message of the queue claims to be the uploader's",
            async world =>
            {
                var (document, _) = await Schedules.OpenDocumentAsync(world);
                world.Note = world.Alice.Id.ToString();
                var queue = PartyQueue.OfUploaders(world.Host, world.Carol.Name);
                await queue.SendAsync(world.Alice, "a", new JsonObject { ["fileId"] = document.Id.ToString() });
                await Schedules.QuietAsync(world);
            }
        );
}
