using FairShare.Simulation.Runs;
using FairShare.Testing;

namespace FairShare.Simulation.Histories;

/// <summary>Documents and exchanges of a history.</summary>
/// <param name="service">Where they are.</param>
/// <param name="plan">The history.</param>
/// <param name="started">Its deeds.</param>
/// <param name="key">A name for this playing of it.</param>
internal sealed class ExchangeScene(SimulatedService service, HistoryPlan plan, StartedDeeds started, string key) : IScene
{
    private readonly Dictionary<int, SimulatedDocument> documents = [];
    private readonly Dictionary<int, SimulatedExchange> exchanges = [];

    public IReadOnlyList<string> Endings => [.. Ended.Order(StringComparer.Ordinal).Select(id => $"{service.Judge.Endings[id]}")];

    private IEnumerable<string> Ended => service.Judge.Opened.Where(service.Judge.Endings.ContainsKey);

    public async Task DoAsync(Deed deed, SimulatedParty actor)
    {
        switch (deed.Kind)
        {
            case DeedKind.Announce:
                documents[deed.Document] = new SimulatedDocument(service, actor, $"{key}-{deed.Document}");
                await documents[deed.Document].AnnounceAsync(Audience(deed));
                break;
            case DeedKind.Upload or DeedKind.UploadOddly:
                await started.AfterAsync(DeedKind.Announce, deed.Document);
                await WithAsync(deed, document => document.UploadAsync(deed.Kind == DeedKind.Upload ? 0 : 1 + deed.Choice % 20));
                break;
            case DeedKind.Deposit:
                await started.AfterAsync(DeedKind.Upload, deed.Document);
                await WithAsync(deed, document => document.DepositAsync(anew: false));
                break;
            case DeedKind.DepositAnew:
                await started.AfterAsync(DeedKind.Upload, deed.Document);
                await WithAsync(deed, document => document.DepositAsync(anew: true));
                break;
            case DeedKind.Abort:
                await WithAsync(deed, document => document.AbortAsync());
                break;
            case DeedKind.Request:
                await started.AfterAsync(DeedKind.Deposit, deed.Document);
                await WithAsync(deed, document => RequestAsync(deed, document, actor));
                break;
            case DeedKind.FillUploads:
                await TestLimits.UseAsync(actor.Party, "uploads", int.MaxValue);
                break;
            case DeedKind.ReadLists:
                await ReadListsAsync(documents.GetValueOrDefault(deed.Document)?.Id, actor);
                break;
            case DeedKind.RegisterKey:
                await actor.RegisterKeyAsync();
                break;
            case DeedKind.RetireKey:
                await actor.RetireKeyAsync();
                break;
            case DeedKind.Attack:
                await new Attack(service, actor, new Random(deed.Choice)).RunAsync();
                break;
            default:
                await started.AfterAsync(DeedKind.Request, deed.Exchange);
                await AnswerAsync(deed, actor);
                break;
        }
    }

    private async Task AnswerAsync(Deed deed, SimulatedParty actor)
    {
        if (exchanges.GetValueOrDefault(deed.Exchange) is not { Id: { } id } exchange)
        {
            return;
        }

        switch (deed.Kind)
        {
            case DeedKind.Receipt:
                await exchange.SubmitReceiptAsync();
                break;
            case DeedKind.Decline:
                await exchange.DeclineAsync();
                break;
            default:
                await actor.TryAsync(HttpMethod.Get, $"/exchanges/{id}");
                await actor.TryAsync(HttpMethod.Get, $"/exchanges/{id}/evidence");
                await actor.TryAsync(HttpMethod.Post, $"/exchanges/{id}/download", new System.Text.Json.Nodes.JsonObject());
                await actor.TryAsync(HttpMethod.Get, "/inbox");
                break;
        }
    }

    private static async Task ReadListsAsync(string? document, SimulatedParty actor)
    {
        foreach (var path in new[] { "/exchanges", "/documents", "/documents?role=uploader", $"/documents/{document}" })
        {
            await actor.TryAsync(HttpMethod.Get, path);
        }
    }

    private Task RequestAsync(Deed deed, SimulatedDocument document, SimulatedParty actor)
    {
        if (document.Id is not { } id)
        {
            return Task.CompletedTask;
        }

        exchanges[deed.Exchange] = new SimulatedExchange(service, actor, id, $"{key}-{deed.Exchange}");
        return exchanges[deed.Exchange].RequestAsync(plan.DeadlineSeconds);
    }

    /// <summary>The readers that are named; now and then none, which is everybody.</summary>
    private IEnumerable<SimulatedParty> Audience(Deed deed) =>
        deed.Choice % 4 == 0 ? [] : service.Parties.Take(Plan.Parties - 1).Where(party => party != service.Parties[deed.Actor]);

    public Task ProveAsync() => new ExchangeProof(service, [.. exchanges.Values]).RunAsync();

    private Task WithAsync(Deed deed, Func<SimulatedDocument, Task> act) =>
        documents.TryGetValue(deed.Document, out var document) ? act(document) : Task.CompletedTask;
}
