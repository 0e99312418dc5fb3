using System.Security.Cryptography;
using System.Text.Json.Nodes;
using FairShare.Core.Digests;
using FairShare.Exchange.Evidence;
using FairShare.Testing;

namespace FairShare.Scenarios.Tests.Permissions;

/// <summary>How documents are announced and uploaded: in one piece, in parts, twice, and not at all.</summary>
internal static class UploadTour
{
    public static async Task RepeatAnnouncementAsync(TestParty alice)
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

    public static async Task UploadPartsAsync(TestParty alice)
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

    public static async Task DepositPartsAsync(TestParty alice)
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

    public static async Task MissingUploadAsync(TestParty alice)
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
}
