using System.Text.Json.Nodes;
using FairShare.Core.Identifiers;
using FairShare.Testing;

namespace FairShare.Scenarios.Tests.BadInput;

/// <summary>Steps out of order, repeated with other content, or taken by somebody whose turn it is not.</summary>
internal static class OrderCases
{
    private static readonly SystemRandomness Randomness = new();

    public static IEnumerable<BadInputCase> All =>
        [
            new BadInputCase(
                "evidence of origin before the upload",
                async world =>
                {
                    var document = await TestDocument.RequestUploadAsync(world.Alice);
                    var other = await TestDocument.RequestUploadAsync(world.Alice);
                    await other.UploadAsync();
                    document.Version = other.Version;
                    return () => document.SubmitOriginAsync();
                }
            ),
            BadInputCase.OfUpload(
                "evidence of origin with another nonce beside it",
                (world, document) => OriginAsync(world.Alice, document, nonce: Nonce.New(Randomness).ToString())
            ),
            new BadInputCase(
                "evidence of origin with a stamp of something else",
                async world =>
                {
                    var document = await TestDocument.RequestUploadAsync(world.Alice);
                    await document.UploadAsync();
                    var stamp = Convert.ToBase64String(await Timestamps.Stamping.StampAsync(world.Alice, "another text"));
                    return async () => await document.SubmitOriginAsync((await document.SignAsync()).Text, stamp);
                }
            ),
            BadInputCase.OfExchange(
                "a receipt with a stamp that is none",
                async (_, exchange) => await exchange.SubmitReceiptAsync((await exchange.SignAsync()).Text, "AAAA")
            ),
            BadInputCase.OfUpload(
                "evidence of origin with another file path beside it",
                (world, document) => OriginAsync(world.Alice, document, filePath: "documents/../other")
            ),
            BadInputCase.OfUpload("evidence of origin of somebody else's document", (world, document) => OriginAsync(world.Bob, document)),
            BadInputCase.OfDocument("a second evidence of origin", (_, document) => document.SubmitOriginAsync()),
            BadInputCase.OfUpload("a request for a document that is not deposited", (world, document) => RequestAsync(world.Bob, document)),
            BadInputCase.OfDocument("a request by a party outside the audience", (world, document) => RequestAsync(world.Carol, document)),
            BadInputCase.OfDocument("a request for one's own document", (world, document) => RequestAsync(world.Alice, document)),
            BadInputCase.OfDocument("a deadline of one second", (world, document) => RequestAsync(world.Bob, document, 1)),
            BadInputCase.OfDocument("a deadline of a year", (world, document) => RequestAsync(world.Bob, document, 31_536_000)),
            new BadInputCase(
                "a request for a document that was aborted",
                async world =>
                {
                    var document = await TestDocument.DepositAsync(world.Alice, world.Bob);
                    await world.AbortAsync(document.Id.ToString());
                    return () => RequestAsync(world.Bob, document);
                }
            ),
            new BadInputCase(
                "evidence of origin after an abort",
                async world =>
                {
                    var document = await TestDocument.RequestUploadAsync(world.Alice);
                    await document.UploadAsync();
                    await world.AbortAsync(document.Id.ToString());
                    return () => document.SubmitOriginAsync();
                }
            ),
            BadInputCase.OfExchange(
                "a receipt with another nonce beside it",
                async (world, exchange) =>
                    await world.Bob.PostAsync(
                        $"/exchanges/{exchange.Id}/receipt",
                        new JsonObject { ["nonce"] = Nonce.New(Randomness).ToString(), ["signature"] = (await exchange.SignAsync()).Text }
                    )
            ),
            BadInputCase.OfExchange(
                "a receipt for somebody else's exchange",
                async (world, exchange) =>
                    await world.Carol.PostAsync(
                        $"/exchanges/{exchange.Id}/receipt",
                        new JsonObject { ["nonce"] = exchange.Nonce, ["signature"] = (await exchange.SignAsync()).Text }
                    )
            ),
            BadInputCase.OfExchange(
                "a receipt by the uploader",
                async (world, exchange) =>
                    await world.Alice.PostAsync(
                        $"/exchanges/{exchange.Id}/receipt",
                        new JsonObject { ["nonce"] = exchange.Nonce, ["signature"] = (await exchange.SignAsync()).Text }
                    )
            ),
            BadInputCase.OfExchange("somebody else's exchange", (world, exchange) => world.Carol.GetAsync($"/exchanges/{exchange.Id}")),
            BadInputCase.OfExchange(
                "somebody else's evidence",
                (world, exchange) => world.Carol.GetAsync($"/exchanges/{exchange.Id}/evidence")
            ),
            BadInputCase.OfExchange(
                "a download before the receipt",
                (world, exchange) => world.Bob.PostAsync($"/exchanges/{exchange.Id}/download")
            ),
            BadInputCase.OfCompleted(
                "a download by the uploader",
                (world, _, exchange) => world.Alice.PostAsync($"/exchanges/{exchange.Id}/download")
            ),
            BadInputCase.OfCompleted("a second receipt", (_, _, exchange) => exchange.SubmitReceiptAsync()),
            BadInputCase.OfCompleted("a refusal after completion", (_, _, exchange) => exchange.DeclineAsync()),
            BadInputCase.OfDocument("an abort by a reader", (world, document) => world.Bob.PostAsync($"/documents/{document.Id}/abort")),
            BadInputCase.OfDocument(
                "an abort by a stranger",
                (world, document) => world.Carol.PostAsync($"/documents/{document.Id}/abort")
            ),
            new BadInputCase(
                "a receipt after an abort",
                async world =>
                {
                    var document = await TestDocument.DepositAsync(world.Alice, world.Bob);
                    var exchange = await TestExchange.RequestAsync(world.Bob, document);
                    await BadInputCase.WaitUntilOpenAsync(exchange);
                    await world.AbortAsync(document.Id.ToString());
                    await exchange.WaitForEndingAsync();
                    return () => exchange.SubmitReceiptAsync();
                }
            ),
            new BadInputCase(
                "a receipt after a refusal",
                async world =>
                {
                    var document = await TestDocument.DepositAsync(world.Alice, world.Bob);
                    var exchange = await TestExchange.RequestAsync(world.Bob, document);
                    (await exchange.DeclineAsync()).Require(200);
                    return () => exchange.SubmitReceiptAsync();
                }
            ),
        ];

    private static Task<Answer> RequestAsync(TestParty party, TestDocument document, int? deadlineSeconds = null) =>
        party.PostAsync(
            $"/documents/{document.Id}/exchanges",
            deadlineSeconds is { } seconds ? new JsonObject { ["deadlineSeconds"] = seconds } : []
        );

    private static async Task<Answer> OriginAsync(TestParty party, TestDocument document, string? nonce = null, string? filePath = null)
    {
        var origin = await FairShare.Exchange.Evidence.EvidenceIssuer.IssueAsync(document.OriginStatement(), document.Uploader.Signer);
        return await party.PostAsync(
            $"/documents/{document.Id}/origin",
            new JsonObject
            {
                ["filePath"] = filePath ?? document.Ticket.Text("filePath"),
                ["nonce"] = nonce ?? document.Ticket.Text("nonce"),
                ["signature"] = origin.Text,
            }
        );
    }
}
