using FairShare.Exchange.States;
using FairShare.Simulation.Faults;
using FairShare.Simulation.Judging;
using FairShare.Simulation.Runs;

namespace FairShare.Simulation.Histories;

/// <summary>Plays a plan on a service, or a part of it, and judges what came of it.</summary>
internal sealed class HistoryRun(SimulatedService service, HistoryPlan plan)
{
    // The first and six retries: statemachines/exchange.asl.json.
    private const int AttemptsToOpen = 7;
    private static readonly TimeSpan Patience = TimeSpan.FromHours(2);
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(50);
    private readonly Dictionary<(DeedKind Kind, int Subject), Task> done = [];
    private readonly Dictionary<int, SimulatedDocument> documents = [];
    private readonly Dictionary<int, SimulatedExchange> exchanges = [];

    private string key = "";

    private Judge Judge => service.Judge;

    /// <param name="deeds">Those of the plan that are done.</param>
    /// <param name="faults">What goes wrong instead of what follows from the seed; null for that.</param>
    public async Task<HistoryResult> RunAsync(IReadOnlyList<Deed> deeds, IReadOnlyList<StruckFault>? faults = null)
    {
        using var trace = new CallTrace(service.Clock.GetUtcNow());
        service.Heard = trace.Add;
        // A history that is played again has other ids: on one host they are used once.
        key = service.Reseed(plan.Seed);
        Judge.BeginHistory();
        foreach (var (party, skew) in service.Parties.Zip(plan.Skews))
        {
            party.Skew = TimeSpan.FromSeconds(skew);
            await party.RefreshAsync();
        }

        service.Faults.Begin(plan.Seed, plan.FaultRate, faults);
        await Task.WhenAll(deeds.Select(StartAsync).ToList());
        service.Faults.End();
        await SettleAsync();
        await ProveAsync();
        service.Heard = _ => { };
        var endings = Judge.Opened.Order(StringComparer.Ordinal).Where(Judge.Endings.ContainsKey).Select(id => Judge.Endings[id]);
        return new HistoryResult(plan.Seed, Judge.Violation, [.. endings], [.. service.Faults.Struck], trace.Calls, trace.Digest());
    }

    private Task StartAsync(Deed deed)
    {
        var task = GuardedAsync(deed);
        done.TryAdd((deed.Kind, deed.Kind == DeedKind.Request ? deed.Exchange : deed.Document), task);
        return task;
    }

    private async Task GuardedAsync(Deed deed)
    {
        try
        {
            await Task.Delay(TimeSpan.FromMilliseconds(deed.At + 1), service.Clock);
            await DoAsync(deed, service.Parties[deed.Actor]);
        }
#pragma warning disable CA1031 // Whatever else comes of a deed than an answer that its route declares is a finding.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            Judge.Note($"{deed}: {fault.GetType().Name}: {fault.Message}");
        }
    }

    private async Task DoAsync(Deed deed, SimulatedParty actor)
    {
        switch (deed.Kind)
        {
            case DeedKind.Announce:
                documents[deed.Document] = new SimulatedDocument(service, actor, $"{key}-{deed.Document}");
                await documents[deed.Document].AnnounceAsync(Audience(deed));
                break;
            case DeedKind.Upload or DeedKind.UploadOddly:
                await AfterAsync(DeedKind.Announce, deed.Document);
                await WithAsync(deed, document => document.UploadAsync(deed.Kind == DeedKind.Upload ? 0 : 1 + deed.Choice % 20));
                break;
            case DeedKind.Deposit:
                await AfterAsync(DeedKind.Upload, deed.Document);
                await WithAsync(deed, document => document.DepositAsync(anew: false));
                break;
            case DeedKind.DepositAnew:
                await AfterAsync(DeedKind.Upload, deed.Document);
                await WithAsync(deed, document => document.DepositAsync(anew: true));
                break;
            case DeedKind.Abort:
                await WithAsync(deed, document => document.AbortAsync());
                break;
            case DeedKind.Request:
                await AfterAsync(DeedKind.Deposit, deed.Document);
                await WithAsync(deed, document => RequestAsync(deed, document, actor));
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
                await AfterAsync(DeedKind.Request, deed.Exchange);
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
        deed.Choice % 4 == 0 ? [] : service.Parties.Take(PlanGenerator.Parties - 1).Where(party => party != service.Parties[deed.Actor]);

    private Task AfterAsync(DeedKind kind, int subject) => done.GetValueOrDefault((kind, subject), Task.CompletedTask);

    private Task WithAsync(Deed deed, Func<SimulatedDocument, Task> act) =>
        documents.TryGetValue(deed.Document, out var document) ? act(document) : Task.CompletedTask;

    /// <summary>Waits until every exchange has ended, with nothing going wrong any more.</summary>
    private async Task SettleAsync()
    {
        for (var waited = TimeSpan.Zero; Judge.Opened.Any(id => !Judge.Endings.ContainsKey(id)); waited += Step)
        {
            if (waited > Patience)
            {
                Judge.Note($"The exchange {Judge.Opened.First(id => !Judge.Endings.ContainsKey(id))} does not end.");
                return;
            }

            await Task.Delay(Step, service.Clock);
        }
    }

    /// <summary>
    /// An exchange that was opened is aborted by its uploader, and by nobody else; by the store only if opening it failed to its last
    /// retry.
    /// </summary>
    private void RequireReason(string id)
    {
        if (Judge.Table.Find($"EXCHANGE#{id}", "EXCHANGE") is not { } opening)
        {
            return;
        }

        var document = TableMirror.Text(opening, "documentId");
        var isAborted = Judge.Table.All($"DOCUMENT#{document}").Any(item => TableMirror.Text(item, "aborted") is not null);
        if (!isAborted && service.Faults.Struck.Count(fault => fault.Call.Origin == "Open") < AttemptsToOpen)
        {
            Judge.Note($"The exchange {id} is aborted, and its document is not.");
        }
    }

    /// <summary>What was taken has had its effect, and both parties of every exchange are given evidence that proves its ending.</summary>
    private async Task ProveAsync()
    {
        foreach (var exchange in exchanges.Values.Where(exchange => exchange.Id is not null))
        {
            exchange.RequireEffect(Judge);
        }

        foreach (var id in Judge.Opened.Where(id => Judge.Endings.GetValueOrDefault(id) == ExchangeState.Aborted))
        {
            RequireReason(id);
        }

        try
        {
            foreach (var id in Judge.Opened.Where(Judge.Endings.ContainsKey).Order(StringComparer.Ordinal).ToList())
            {
                await Task.WhenAll(service.Parties.Select(party => party.RefreshAsync()));
                await service.Oracle.RequireProvenAsync(id);
            }
        }
#pragma warning disable CA1031 // Whatever keeps a party from its evidence is a finding.
        catch (Exception violation)
#pragma warning restore CA1031
        {
            Judge.Note(violation.Message);
        }
    }
}
