using System.Text.Json.Nodes;
using FairShare.Core.Digests;
using FairShare.Core.Identifiers;
using FairShare.Core.Keys;
using FairShare.Exchange.Evidence;

namespace FairShare.Testing;

/// <summary>A document on its way through steps 1 to v, each step by hand.</summary>
public sealed class TestDocument
{
    private TestDocument(TestParty uploader, byte[] content, JsonObject announcement, Answer ticket)
    {
        (Uploader, Content, Announcement, Ticket) = (uploader, content, announcement, ticket);
        Id = DocumentId.Parse(ticket.Text("fileId"));
    }

    public TestParty Uploader { get; }

    public byte[] Content { get; }

    /// <summary>The body of step 1.</summary>
    public JsonObject Announcement { get; }

    /// <summary>The answer of step 2.</summary>
    public Answer Ticket { get; }

    public DocumentId Id { get; }

    public ObjectVersion Version { get; set; }

    /// <summary>The NRO as it was submitted.</summary>
    public EvidenceToken Origin { get; private set; } = null!;

    public static JsonObject Announce(byte[] content, params TestParty[] audience) =>
        new()
        {
            ["name"] = "contract.pdf",
            ["mediaType"] = "application/pdf",
            ["size"] = content.Length,
            ["digest"] = new JsonObject { ["method"] = "sha-256", ["value"] = Sha256Digest.Of(content).ToString() },
            ["audience"] = new JsonArray([.. audience.Select(party => (JsonNode)party.Id.ToString())]),
        };

    /// <summary>Steps 1 and 2.</summary>
    public static async Task<TestDocument> RequestUploadAsync(TestParty uploader, byte[]? content = null, params TestParty[] audience)
    {
        content ??= ContentOf(uploader.Host.Randomness);
        return await RequestUploadAsync(uploader, content, Announce(content, audience));
    }

    private static async Task<TestDocument> RequestUploadAsync(TestParty uploader, byte[] content, JsonObject announcement) =>
        new(uploader, content, announcement, (await uploader.PostAsync("/documents", announcement)).Require(201));

    private static byte[] ContentOf(IRandomness randomness)
    {
        var content = new byte[3000];
        randomness.Fill(content);
        return content;
    }

    /// <summary>Steps 1 to v.</summary>
    public static async Task<TestDocument> DepositAsync(TestParty uploader, params TestParty[] audience) =>
        await DepositAsync(await RequestUploadAsync(uploader, null, audience));

    /// <summary>Steps 1 to v for a document with a name of its own.</summary>
    public static async Task<TestDocument> DepositNamedAsync(TestParty uploader, string name, params TestParty[] audience)
    {
        var content = ContentOf(uploader.Host.Randomness);
        var announcement = Announce(content, audience);
        announcement["name"] = name;
        return await DepositAsync(await RequestUploadAsync(uploader, content, announcement));
    }

    private static async Task<TestDocument> DepositAsync(TestDocument document)
    {
        await document.UploadAsync();
        (await document.SubmitOriginAsync()).Require(200);
        return document;
    }

    /// <summary>The PUT to S3.</summary>
    public async Task UploadAsync() => Version = await PutAsync(Content) ?? throw new InvalidOperationException("The upload was refused.");

    /// <summary>A PUT of any bytes to the presigned URL.</summary>
    /// <returns>The version id, or null when S3 refused.</returns>
    public async Task<ObjectVersion?> PutAsync(byte[] content, bool withChecksum = true)
    {
        using var response = await Uploader.Host.UploadAsync(Ticket["upload"], content, withChecksum);
        return response.IsSuccessStatusCode ? ObjectVersion.Parse(response.Headers.GetValues("x-amz-version-id").Single()) : null;
    }

    /// <summary>The PUT to S3 with a Content-Encoding, which the presigned request does not sign.</summary>
    public async Task<ObjectVersion> PutEncodedAsync(string encoding)
    {
        using var response = await Uploader.Host.UploadAsync(
            Ticket["upload"],
            Content,
            change: request => request.Content!.Headers.ContentEncoding.Add(encoding)
        );
        return ObjectVersion.Parse(response.EnsureSuccessStatusCode().Headers.GetValues("x-amz-version-id").Single());
    }

    /// <summary>The statement that the NRO must make.</summary>
    public EvidenceStatement OriginStatement() =>
        Statements.Origin(
            EvidenceId.New(Uploader.Host.Randomness),
            Uploader.Id,
            [.. Announcement["audience"]!.AsArray().Select(party => PartyId.Parse(party!.GetValue<string>()))],
            Uploader.Host.Store,
            new DocumentDescription(
                Id,
                Version,
                DocumentName.Parse(Announcement["name"]!.GetValue<string>()),
                MediaType.Parse(Announcement["mediaType"]!.GetValue<string>()),
                Content.Length,
                DocumentDigest.Whole(Sha256Digest.Of(Content))
            ),
            Nonce.Parse(Ticket.Text("nonce")),
            Uploader.Host.Time.GetUtcNow(),
            KeyHolder.Self,
            DocumentSalt.New(Uploader.Host.Randomness),
            Announcement.ContainsKey("disclose")
        );

    /// <summary>Steps 3 and v.</summary>
    public async Task<Answer> SubmitOriginAsync() => await SubmitOriginAsync(await SignAsync());

    /// <summary>Signs the NRO.</summary>
    public ValueTask<EvidenceToken> SignAsync() => EvidenceIssuer.IssueAsync(OriginStatement(), Uploader.Signer);

    /// <summary>Step 3 with the given evidence.</summary>
    public Task<Answer> SubmitOriginAsync(EvidenceToken origin)
    {
        Origin = origin;
        return SubmitOriginAsync(origin.Text);
    }

    /// <summary>Step 3 with any text in the evidence's place.</summary>
    /// <param name="signature">The text.</param>
    /// <param name="stamp">A stamp in base64 that goes with it; null for none.</param>
    public Task<Answer> SubmitOriginAsync(string signature, string? stamp = null)
    {
        var body = new JsonObject
        {
            ["filePath"] = Ticket.Text("filePath"),
            ["nonce"] = Ticket.Text("nonce"),
            ["signature"] = signature,
        };
        if (stamp is not null)
        {
            body["timestamp"] = stamp;
        }

        return Uploader.PostAsync($"/documents/{Id}/origin", body);
    }
}
