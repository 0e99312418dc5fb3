using FairShare.Core.Digests;

namespace FairShare.Scenarios.Tests.Mutation;

/// <summary>What the parties of a run have in the end: their own keys, and the documents that they acquired.</summary>
internal sealed class PartyRules(MutationWorld world, Picture picture, Breaks breaks)
{
    /// <summary>Judges whose keys are whose.</summary>
    public void JudgeKeys()
    {
        foreach (var party in new[] { world.Alice, world.Bob, world.Carol })
        {
            var owners = picture
                .Parties.Where(row => row["sk"].S == $"KEY#{party.Signer.KeyId}")
                .Select(row => row["pk"].S)
                .Where(owner => owner != $"PARTY#{party.Id}");
            foreach (var owner in owners)
            {
                breaks(Promise.BoundToParty, owner, $"has the key of {party.Name}");
            }
        }

        foreach (var owner in picture.Parties.Where(row => row["sk"].S == $"KEY#{world.KeyOfNobody}").Select(row => row["pk"].S))
        {
            breaks(Promise.BoundToParty, owner, "has a key whose private half it does not have");
        }
    }

    /// <summary>Judges whether who has given a receipt can fetch the document.</summary>
    public async Task JudgeDownloadAsync(SeenExchange exchange)
    {
        var party = new[] { world.Alice, world.Bob, world.Carol }.First(one => one.Id.ToString() == exchange.Downloader);
        await party.SignInAgainAsync();
        var answer = await party.PostAsync($"/exchanges/{exchange.Id}/download");
        using var response = answer.Status == 200 ? await world.Host.Http.GetAsync(answer.Text("filePath")) : null;
        if (response is not { IsSuccessStatusCode: true })
        {
            breaks(Promise.Fairness, exchange.Id, "has completed, and B cannot fetch the document");
            return;
        }

        var digest = picture.Documents.First(document => document.Id == exchange.Document).Digest;
        var bytes = await response.Content.ReadAsByteArrayAsync();
        if (Sha256Digest.Of(bytes).ToString() != digest || response.Content.Headers.ContentEncoding.Any(coding => coding != "identity"))
        {
            breaks(Promise.AcceptedMeansProven, exchange.Id, "the document that is served is not the one of the evidence of origin");
        }
    }
}
