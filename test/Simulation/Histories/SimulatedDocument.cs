using System.Text.Json.Nodes;
using FairShare.Core.Digests;
using FairShare.Core.Identifiers;
using FairShare.Core.Keys;
using FairShare.Exchange.Evidence;
using FairShare.Simulation.Runs;
using FairShare.Testing;

namespace FairShare.Simulation.Histories;

/// <summary>A document of a history, as far as its uploader has come with it.</summary>
internal sealed class SimulatedDocument(SimulatedService service, SimulatedParty uploader, string key)
{
    private readonly byte[] content = new byte[300];
    private JsonObject? announcement;
    private Answer? ticket;
    private ObjectVersion? version;
    private string? origin;

    public SimulatedParty Uploader => uploader;

    /// <summary>Null until step 2 was answered.</summary>
    public string? Id => ticket?.Text("fileId");

    public async Task AnnounceAsync(IEnumerable<SimulatedParty> audience)
    {
        service.Host.Randomness.Fill(content);
        announcement = TestDocument.Announce(content, [.. audience.Select(party => party.Party)]);
        var answer = await uploader.InsistAsync(HttpMethod.Post, "/documents", announcement, key);
        ticket = answer is { Status: 201 } ? answer : null;
    }

    /// <summary>The PUT; with a choice other than 0 of something odd.</summary>
    public async Task UploadAsync(int odd)
    {
        if (ticket is null)
        {
            return;
        }

        var bytes = (odd % 4) switch
        {
            1 => content[..^1],
            2 => [.. content.Reverse()],
            _ => content,
        };
        try
        {
            using var response = await service.Host.UploadAsync(
                ticket["upload"],
                bytes,
                withHeaders: odd % 4 != 3,
                request => Encode(request, odd % 5 == 4)
            );
            if (odd == 0 && response.IsSuccessStatusCode)
            {
                version = ObjectVersion.Parse(response.Headers.GetValues("x-amz-version-id").Single());
            }
        }
        catch (HttpRequestException)
        {
            // It stops here, and the document stays pending.
        }
    }

    /// <param name="anew">Whether with other evidence than before.</param>
    public async Task DepositAsync(bool anew)
    {
        if (ticket is null || version is null)
        {
            return;
        }

        if (origin is null || anew)
        {
            origin = (await EvidenceIssuer.IssueAsync(Statement(), uploader.Signer)).Text;
        }

        await uploader.InsistAsync(
            HttpMethod.Post,
            $"/documents/{Id}/origin",
            new JsonObject
            {
                ["filePath"] = ticket.Text("filePath"),
                ["nonce"] = ticket.Text("nonce"),
                ["signature"] = origin,
            }
        );
    }

    /// <summary>Step a.</summary>
    public Task AbortAsync() =>
        Id is null ? Task.CompletedTask : uploader.InsistAsync(HttpMethod.Post, $"/documents/{Id}/abort", new JsonObject());

    private static void Encode(HttpRequestMessage request, bool isOdd)
    {
        if (isOdd)
        {
            request.Content!.Headers.ContentEncoding.Add("gzip");
        }
    }

    private EvidenceStatement Statement() =>
        Statements.Origin(
            EvidenceId.New(service.Host.Randomness),
            uploader.Party.Id,
            [.. announcement!["audience"]!.AsArray().Select(party => PartyId.Parse(party!.GetValue<string>()))],
            service.Host.Store,
            new DocumentDescription(
                DocumentId.Parse(Id!),
                version!.Value,
                DocumentName.Parse("contract.pdf"),
                MediaType.Parse("application/pdf"),
                content.Length,
                DocumentDigest.Whole(Sha256Digest.Of(content))
            ),
            Nonce.Parse(ticket!.Text("nonce")),
            Timestamp.Truncate(service.Clock.GetUtcNow() + uploader.Skew),
            KeyHolder.Self,
            DocumentSalt.New(service.Host.Randomness)
        );
}
