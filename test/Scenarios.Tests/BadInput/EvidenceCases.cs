using FairShare.Core.Digests;
using FairShare.Core.Identifiers;
using FairShare.Core.Keys;
using FairShare.Exchange.Evidence;
using FairShare.Testing;

namespace FairShare.Scenarios.Tests.BadInput;

/// <summary>Evidence that is malformed, or that says something else than it must.</summary>
internal static class EvidenceCases
{
    private static readonly SystemRandomness Randomness = new();

    public static IEnumerable<BadInputCase> All =>
        [
            BadInputCase.OfUpload("evidence that is no JWS", (_, document) => document.SubmitOriginAsync("not-a-token")),
            Forged("evidence with a trailing byte", async (token, _) => (await token).Text + "A"),
            Forged(
                "evidence with algorithm none",
                async (token, signer) => await Forgery.ResignAsync(await token, signer, header: Forgery.Set("alg", "none"))
            ),
            Forged(
                "evidence with another algorithm",
                async (token, signer) => await Forgery.ResignAsync(await token, signer, header: Forgery.Set("alg", "HS256"))
            ),
            Forged("evidence with a DER signature", async (token, _) => Forgery.InDer(await token)),
            Forged("evidence with a damaged signature", async (token, _) => Forgery.Damaged(await token)),
            Forged(
                "evidence with a member twice",
                async (token, signer) => await Forgery.ResignAsync(await token, signer, payload: text => text[..^1] + ",\"ver\":1}")
            ),
            Forged(
                "evidence with a space between its members",
                async (token, signer) =>
                    await Forgery.ResignAsync(await token, signer, payload: text => text.Replace(",", ", ", StringComparison.Ordinal))
            ),
            Forged(
                "evidence with an unknown member",
                async (token, signer) => await Forgery.ResignAsync(await token, signer, payload: Forgery.Set("colour", "red"))
            ),
            Forged(
                "evidence with an unknown header member",
                async (token, signer) => await Forgery.ResignAsync(await token, signer, header: Forgery.Set("jku", "https://example.com"))
            ),
            Forged(
                "evidence over 16 KiB",
                async (token, signer) =>
                    await Forgery.ResignAsync(await token, signer, payload: Forgery.Set("reason", new string('x', 20_000)))
            ),
            Origin(
                "evidence of origin over another digest",
                statement => statement with { Document = With(statement.Document, digest: Sha256Digest.Of([9])) }
            ),
            Origin("evidence of origin over another size", statement => statement with { Document = With(statement.Document, size: 1) }),
            Origin(
                "evidence of origin over a version that is not there",
                statement => statement with { Document = With(statement.Document, version: "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA") }
            ),
            Origin(
                "evidence of origin of another document",
                statement => statement with { Document = With(statement.Document, id: DocumentId.New(Randomness)) }
            ),
            Origin("evidence of origin under another nonce", statement => statement with { Nonce = Nonce.New(Randomness) }),
            Origin(
                "evidence of origin for another audience",
                statement => statement with { Recipients = [PartyId.Parse("00000000-0000-0000-0000-000000000001")] }
            ),
            Origin("evidence of origin that another holds the key of", statement => statement with { Hold = KeyHolder.Kms }),
            Origin("evidence of origin from the future", statement => statement with { Gen = statement.Gen + TimeSpan.FromHours(1) }),
            BadInputCase.OfUpload(
                "evidence of origin from before the announcement",
                async (world, document) =>
                {
                    var early = Timestamp.Parse(document.Ticket.Text("announcedAt")) - TimeSpan.FromMilliseconds(1);
                    var origin = await EvidenceIssuer.IssueAsync(document.OriginStatement() with { Gen = early }, world.Alice.Signer);
                    return await document.SubmitOriginAsync(origin.Text);
                }
            ),
            Origin("evidence of origin of the old policy", statement => statement with { Policy = EvidencePolicy.Disclosing, Salt = null }),
            Origin("evidence of origin that discloses the digest unannounced", statement => statement with { DisclosesDigest = true }),
            new BadInputCase(
                "evidence of origin older than its key",
                async world =>
                {
                    var document = await TestDocument.RequestUploadAsync(world.Alice);
                    await document.UploadAsync();
                    var early = document.OriginStatement();
                    world.Advance(TimeSpan.FromMilliseconds(5));
                    using var young = new TestSigner();
                    await world.Alice.RegisterKeyAsync(young);
                    var signed = await EvidenceIssuer.IssueAsync(early, young);
                    return () => document.SubmitOriginAsync(signed.Text);
                }
            ),
            new BadInputCase(
                "evidence of origin of a document in another encoding",
                async world =>
                {
                    var document = await TestDocument.RequestUploadAsync(world.Alice);
                    document.Version = await document.PutEncodedAsync("gzip");
                    return () => document.SubmitOriginAsync();
                }
            ),
            BadInputCase.OfUpload(
                "evidence of origin signed by another party",
                async (world, document) =>
                    await document.SubmitOriginAsync((await EvidenceIssuer.IssueAsync(document.OriginStatement(), world.Bob.Signer)).Text)
            ),
            BadInputCase.OfExchange(
                "a receipt in which the evidence of origin is another",
                (_, exchange) =>
                    SubmitAsync(exchange, statement => statement with { References = [Sha256Digest.Of([1]), statement.References[1]] })
            ),
            BadInputCase.OfExchange(
                "a receipt for another exchange",
                (_, exchange) => SubmitAsync(exchange, statement => statement with { Exchange = ExchangeId.New(Randomness) })
            ),
            BadInputCase.OfExchange(
                "a receipt for another uploader",
                (world, exchange) => SubmitAsync(exchange, statement => statement with { Origin = world.Carol.Id })
            ),
            BadInputCase.OfExchange(
                "a receipt over a commitment to another digest",
                (_, exchange) =>
                    SubmitAsync(exchange, statement => statement with { Document = With(statement.Document, digest: Sha256Digest.Of([9])) })
            ),
            BadInputCase.OfExchange(
                "a receipt with a later deadline",
                (_, exchange) => SubmitAsync(exchange, statement => statement with { Due = statement.Due + TimeSpan.FromDays(1) })
            ),
            BadInputCase.OfExchange(
                "a receipt signed by another party",
                async (world, exchange) =>
                    await exchange.SubmitReceiptAsync(
                        (await EvidenceIssuer.IssueAsync(exchange.ReceiptStatement(), world.Carol.Signer)).Text
                    )
            ),
            BadInputCase.OfExchange(
                "the evidence of origin in the receipt's place",
                (_, document, exchange) => exchange.SubmitReceiptAsync(document.Origin.Text)
            ),
            new BadInputCase(
                "a receipt of another exchange, replayed",
                async world =>
                {
                    var document = await TestDocument.DepositAsync(world.Alice, world.Bob);
                    var first = await TestExchange.RequestAsync(world.Bob, document);
                    var second = await TestExchange.RequestAsync(world.Bob, document);
                    await BadInputCase.WaitUntilOpenAsync(first);
                    await BadInputCase.WaitUntilOpenAsync(second);
                    var receipt = await first.SignAsync();
                    return () => second.SubmitReceiptAsync(receipt.Text);
                }
            ),
            new BadInputCase(
                "a receipt signed with a retired key",
                async world =>
                {
                    var document = await TestDocument.DepositAsync(world.Alice, world.Bob);
                    var exchange = await TestExchange.RequestAsync(world.Bob, document);
                    await BadInputCase.WaitUntilOpenAsync(exchange);
                    using var retired = new TestSigner();
                    await world.Bob.RegisterKeyAsync(retired);
                    (await world.Bob.DeleteAsync($"/keys/{retired.KeyId}")).Require(200);
                    world.Advance(TimeSpan.FromSeconds(61));
                    var receipt = await EvidenceIssuer.IssueAsync(exchange.ReceiptStatement(), retired);
                    return () => exchange.SubmitReceiptAsync(receipt.Text);
                }
            ),
            new BadInputCase(
                "another's evidence for a held key to sign",
                async world =>
                {
                    var key = (await world.Carol.PostAsync("/keys", new System.Text.Json.Nodes.JsonObject { ["kind"] = "kms" }))
                        .Require(201)
                        .Text("kid");
                    var document = await TestDocument.RequestUploadAsync(world.Alice);
                    await document.UploadAsync();
                    var unsigned = UnsignedEvidence.Write(document.OriginStatement() with { Hold = KeyHolder.Kms }, KeyId.Parse(key));
                    return () =>
                        world.Carol.PostAsync(
                            $"/keys/{key}/signatures",
                            new System.Text.Json.Nodes.JsonObject { ["signingInput"] = unsigned.SigningInput }
                        );
                }
            ),
        ];

    private static BadInputCase Forged(string name, Func<Task<EvidenceToken>, TestSigner, Task<string>> forge) =>
        BadInputCase.OfUpload(
            name,
            async (world, document) =>
                await document.SubmitOriginAsync(
                    await forge(EvidenceIssuer.IssueAsync(document.OriginStatement(), world.Alice.Signer).AsTask(), world.Alice.Signer)
                )
        );

    private static BadInputCase Origin(string name, Func<EvidenceStatement, EvidenceStatement> change) =>
        BadInputCase.OfUpload(
            name,
            async (world, document) =>
                await document.SubmitOriginAsync(
                    (await EvidenceIssuer.IssueAsync(change(document.OriginStatement()), world.Alice.Signer)).Text
                )
        );

    private static async Task<Answer> SubmitAsync(TestExchange exchange, Func<EvidenceStatement, EvidenceStatement> change) =>
        await exchange.SubmitReceiptAsync((await exchange.SignAsync(change(exchange.ReceiptStatement()))).Text);

    private static DocumentDescription With(
        DocumentDescription document,
        DocumentId? id = null,
        string? version = null,
        long? size = null,
        Sha256Digest? digest = null
    )
    {
        var other = new DocumentDescription(
            id ?? document.Id,
            version is null ? document.Version : ObjectVersion.Parse(version),
            document.Name,
            document.Type,
            size ?? document.Size,
            digest is { } value ? DocumentDigest.Whole(value) : document.RequireDigest()
        );
        return document.Commitment is null ? other : other.Commit(DocumentSalt.New(new SystemRandomness()), disclosesDigest: false);
    }
}
