using System.Collections.Concurrent;
using FairShare.Client.Evidence;
using FairShare.Client.Exchange;
using FairShare.Client.Tests.Support;
using FairShare.Contracts.Exchange;
using FairShare.Core.Identifiers;

namespace FairShare.Client.Tests.Kill;

/// <summary>What must hold when all is over, whatever was killed when.</summary>
/// <param name="people">Everybody.</param>
/// <param name="ledger">What they were told.</param>
/// <param name="workspace">Where the documents are.</param>
internal sealed class Reckoning(IReadOnlyList<TestParty> people, Ledger ledger, Workspace workspace)
{
    private readonly Dictionary<PartyId, TestParty> parties = people.ToDictionary(person => person.Client.Party);

    /// <summary>How many exchanges ended how.</summary>
    public ConcurrentDictionary<string, int> States { get; } = [];

    /// <summary>Looks at every exchange of everybody, and at everything that anybody was told.</summary>
    public async Task RunAsync()
    {
        var views = new ConcurrentDictionary<ExchangeId, ExchangeView>();
        await Parallel.ForEachAsync(people, async (person, _) => await CollectAsync(person, views));
        Assert.Empty(ledger.Opened.Keys.Except(views.Keys));
        var ended = new ConcurrentDictionary<ExchangeId, string>();
        await Parallel.ForEachAsync(views, async (view, _) => ended[view.Key] = await SettleAsync(view.Key, view.Value));
        Assert.All(ledger.Endings, told => Assert.Equal(ended[told.Exchange], told.State));
        foreach (var (document, deposit) in ledger.Deposits)
        {
            var uploader = parties[deposit.Origin.Statement.Signer];
            Assert.NotNull(await uploader.Client.FindDepositAsync(document, default));
        }
    }

    /// <summary>Both sides' lists: an exchange that one side has the other has too, and both say the same of it.</summary>
    private static async Task CollectAsync(TestParty person, ConcurrentDictionary<ExchangeId, ExchangeView> views)
    {
        string? cursor = null;
        do
        {
            var page = await person.Client.Api.CallAsync(ExchangeRoutes.ListExchanges, [("cursor", cursor)], default);
            foreach (var view in page.Exchanges)
            {
                views.TryAdd(ExchangeId.Parse(view.ExchangeId), view);
            }

            cursor = page.Cursor;
        } while (cursor is not null);
    }

    private async Task<string> SettleAsync(ExchangeId exchange, ExchangeView view)
    {
        var (uploader, downloader) = (parties[PartyId.Parse(view.Uploader)], parties[PartyId.Parse(view.Downloader)]);
        // All rounds are over: what is open yet has passed its deadline, or its document was aborted.
        var state = await new EndingWait(downloader.Client.Options).UntilEndedAsync(exchange, DateTimeOffset.UtcNow, default);
        var hers = await uploader.Client.GetEvidenceAsync(exchange, default);
        var his = await downloader.Client.GetEvidenceAsync(exchange, default);
        Assert.Equal((state, state), ($"{hers.Evidence.State}", $"{his.Evidence.State}"));
        Assert.Equal((hers.Bundle.Record, hers.Bundle.Refusal), (his.Bundle.Record, his.Bundle.Refusal));
        var document = workspace.At(his.Evidence.Statement!.Document.Name.ToString());
        await RequireVerifiedAsync(uploader, hers, document);
        await (state == "Completed" ? RequireOwedAsync(downloader, exchange, hers, his, document) : RequireNothingAsync(hers, his));
        States.AddOrUpdate(state, 1, (_, count) => count + 1);
        return state;
    }

    private static async Task RequireVerifiedAsync(TestParty person, VerifiedEvidence evidence, string? document)
    {
        var folder = new EvidenceFolder(evidence.Folder.Path);
        var verdict = await folder.VerifyAsync(document, person.Profile.Trust.ReadAnchors(), null, default);
        Assert.True(verdict.IsVerified, string.Join('\n', verdict.Checks.Where(check => !check.Passed)));
    }

    private async Task RequireOwedAsync(
        TestParty downloader,
        ExchangeId exchange,
        VerifiedEvidence hers,
        VerifiedEvidence his,
        string document
    )
    {
        Assert.Equal(hers.Bundle, his.Bundle);
        Assert.False(hers.Bundle.Origin is null || hers.Bundle.Receipt is null || hers.Bundle.Release is null);
        var standing = await downloader.Client.ReopenAsync(exchange, default);
        var received = await downloader.AcceptAsync(standing.Exchange, workspace.At("owed", $"{exchange}"));
        Assert.Equal(await File.ReadAllBytesAsync(document), await File.ReadAllBytesAsync(received.Path));
        await RequireVerifiedAsync(downloader, his, received.Path);
    }

    // Fair: the uploader has no receipt that counts, and the downloader neither the evidence of origin nor the document.
    private static Task RequireNothingAsync(VerifiedEvidence hers, VerifiedEvidence his)
    {
        Assert.Null(hers.Bundle.Receipt);
        Assert.Null(hers.Bundle.Release);
        Assert.Null(his.Bundle.Origin);
        Assert.Null(his.Bundle.Release);
        return Task.CompletedTask;
    }
}
