using System.Text.Json.Nodes;
using System.Xml.Linq;
using FairShare.Core.Digests;
using FairShare.Core.Identifiers;
using FairShare.Core.Keys;
using FairShare.Exchange.Evidence;

namespace FairShare.Testing;

/// <summary>A document in parts on its way through steps 1 to v, with parts of whatever sizes a test wants.</summary>
public sealed class TestMultipart
{
    private TestMultipart(TestParty uploader, byte[] content, long partSize, DocumentDigest digest, Answer ticket)
    {
        (Uploader, Content, PartSize, Digest, Ticket) = (uploader, content, partSize, digest, ticket);
        Id = DocumentId.Parse(ticket.Text("fileId"));
    }

    public TestParty Uploader { get; }

    public byte[] Content { get; }

    public long PartSize { get; }

    public DocumentDigest Digest { get; }

    public Answer Ticket { get; }

    public DocumentId Id { get; }

    public string UploadId => Ticket["upload"]["multipart"]!["uploadId"]!.GetValue<string>();

    /// <summary>The digest that S3 makes of parts of these sizes.</summary>
    public static DocumentDigest DigestOf(byte[] content, long partSize, params int[] sizes) =>
        DocumentDigest.OfParts(Sha256Digest.Of([.. Cut(content, sizes).SelectMany(part => Sha256Digest.Of(part).ToBytes())]), partSize);

    /// <summary>Steps 1 and 2.</summary>
    public static async Task<TestMultipart> AnnounceAsync(
        TestParty uploader,
        byte[] content,
        long partSize,
        DocumentDigest digest,
        params TestParty[] audience
    )
    {
        var announcement = TestDocument.Announce(content, audience);
        announcement["digest"] = new JsonObject
        {
            ["method"] = "sha-256-parts",
            ["value"] = digest.Value.ToString(),
            ["partSize"] = partSize,
        };
        return new TestMultipart(uploader, content, partSize, digest, (await uploader.PostAsync("/documents", announcement)).Require(201));
    }

    /// <summary>Cuts the content.</summary>
    public static IEnumerable<byte[]> Cut(byte[] content, params int[] sizes)
    {
        var start = 0;
        foreach (var size in sizes)
        {
            yield return content[start..(start + size)];
            start += size;
        }
    }

    /// <summary>Asks for a part's presigned PUT, and sends bytes to it.</summary>
    /// <returns>The status, and the part's tag when S3 took it.</returns>
    public async Task<(int Status, string? Tag)> PutPartAsync(int number, byte[] part)
    {
        var digest = Sha256Digest.Of(part).ToString();
        var answer = await Uploader.PostAsync(
            $"/documents/{Id}/parts",
            new JsonObject { ["parts"] = new JsonArray(new JsonObject { ["number"] = number, ["digest"] = digest }) }
        );
        using var response = await Uploader.Host.UploadAsync(answer.Require(200)["parts"][0]!, part);
        return ((int)response.StatusCode, response.Headers.ETag?.ToString());
    }

    /// <summary>Joins parts through the presigned POST.</summary>
    public async Task<ObjectVersion> CompleteAsync(IEnumerable<(int Number, string Tag, byte[] Part)> parts)
    {
        using var response = await JoinAsync(Uploader.Host, Ticket["upload"]["multipart"]!["completeUrl"]!.GetValue<string>(), parts);
        return ObjectVersion.Parse(response.EnsureSuccessStatusCode().Headers.GetValues("x-amz-version-id").Single());
    }

    /// <summary>Uploads the parts of an item of the vault, by what it was granted, and joins them.</summary>
    public static async Task PutAndJoinAsync(TestHost host, Answer grant, byte[][] parts)
    {
        var stored = new List<(int Number, string Tag, byte[] Part)>();
        foreach (var (index, part) in parts.Index())
        {
            using var response = await host.UploadAsync(grant["parts"][index]!, part);
            stored.Add((index + 1, response.EnsureSuccessStatusCode().Headers.ETag!.ToString(), part));
        }

        using var joined = await JoinAsync(host, grant.Text("completeUrl"), stored);
        joined.EnsureSuccessStatusCode();
    }

    private static async Task<HttpResponseMessage> JoinAsync(
        TestHost host,
        string url,
        IEnumerable<(int Number, string Tag, byte[] Part)> parts
    )
    {
        XNamespace s3 = "http://s3.amazonaws.com/doc/2006-03-01/";
        var body = new XElement(
            s3 + "CompleteMultipartUpload",
            parts.Select(part => new XElement(
                s3 + "Part",
                new XElement(s3 + "PartNumber", part.Number),
                new XElement(s3 + "ETag", part.Tag),
                new XElement(s3 + "ChecksumSHA256", Sha256Digest.Of(part.Part).ToBase64())
            ))
        );
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new StringContent(body.ToString()) };
        request.Headers.TryAddWithoutValidation("if-none-match", "*");
        return await host.Http.SendAsync(request);
    }

    /// <summary>Step 3, with evidence over the announced digest and the given version.</summary>
    public async Task<Answer> SubmitOriginAsync(ObjectVersion version, params TestParty[] audience)
    {
        var document = new DocumentDescription(
            Id,
            version,
            DocumentName.Parse("contract.pdf"),
            MediaType.Parse("application/pdf"),
            Content.Length,
            Digest
        );
        var host = Uploader.Host;
        var statement = Statements.Origin(
            EvidenceId.New(host.Randomness),
            Uploader.Id,
            [.. audience.Select(party => party.Id)],
            host.Store,
            document,
            Nonce.Parse(Ticket.Text("nonce")),
            host.Time.GetUtcNow(),
            KeyHolder.Self,
            DocumentSalt.New(host.Randomness)
        );
        var origin = await EvidenceIssuer.IssueAsync(statement, Uploader.Signer);
        return await Uploader.PostAsync(
            $"/documents/{Id}/origin",
            new JsonObject
            {
                ["filePath"] = Ticket.Text("filePath"),
                ["nonce"] = Ticket.Text("nonce"),
                ["signature"] = origin.Text,
            }
        );
    }
}
