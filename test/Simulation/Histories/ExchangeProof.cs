using FairShare.Exchange.States;
using FairShare.Simulation.Judging;
using FairShare.Simulation.Runs;

namespace FairShare.Simulation.Histories;

/// <summary>What must hold of a history's exchanges when nothing goes wrong any more.</summary>
internal sealed class ExchangeProof(SimulatedService service, IReadOnlyList<SimulatedExchange> exchanges)
{
    // The first and six retries: statemachines/exchange.asl.json.
    private const int AttemptsToOpen = 7;
    private static readonly TimeSpan Patience = TimeSpan.FromHours(2);
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(50);

    private Judge Judge => service.Judge;

    public async Task RunAsync()
    {
        await SettleAsync();
        await ProveAsync();
    }

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
        foreach (var exchange in exchanges.Where(exchange => exchange.Id is not null))
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
