using FairShare.Simulation.Judging;
using FairShare.Simulation.Runs;
using FairShare.Testing;

namespace FairShare.Simulation.Histories.Vault;

/// <summary>
/// What must hold of an item when nothing goes wrong any more: what is stored can be opened while an open is left, and not once more; its
/// opens are counted exactly; what has ended is erased.
/// </summary>
internal sealed class ItemProof(SimulatedService service, SimulatedItem item, Action<string> ended)
{
    private static readonly TimeSpan Step = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Patience = TimeSpan.FromHours(3);

    private VaultLedger Ledger => item.Ledger;

    private bool IsOver => service.Clock.GetUtcNow() >= Ledger.EarliestEnd;

    public async Task RunAsync()
    {
        if (await item.Item.StatusAsync() is not { Status: 200 } status)
        {
            Require(!Ledger.IsStored, "is stored, and not there");
            return;
        }

        if (Ledger.IsStored && !Ledger.IsToBeErased && !IsOver)
        {
            await RequireOpensAsync();
        }

        status = await item.Item.StatusAsync();
        ended(status.Text("state"));
        if (!IsOver || Ledger.LatestEnd == DateTimeOffset.MaxValue)
        {
            await item.EraseAsync();
        }

        await RequireErasedAsync();
    }

    private async Task RequireOpensAsync()
    {
        var unlocked = await item.UnlockAsync();
        if (Ledger.Least is null || Ledger.Opens < Ledger.Least)
        {
            Require(unlocked is { Status: 200 }, $"has opens left, and has ended: {unlocked?.Body}");
            RequireAnswer(await item.OpenAsync(item.Item.NewTicket()), [200]);
        }
        else if (Ledger.Opens >= Ledger.Most)
        {
            // To who has the right auth it is gone; behind ten wrong guesses it is as if it had never been.
            RequireAnswer(await item.OpenAsync(item.Item.NewTicket()), unlocked is { Status: 200 } ? [410] : [410, 404]);
        }

        if ((await item.Item.StatusAsync()).Body?["opens"]?.GetValue<int>() is { } counted)
        {
            Require(counted == Ledger.Opens, $"counts {counted} opens, and had {Ledger.Opens}");
        }
    }

    private async Task RequireErasedAsync()
    {
        for (var waited = TimeSpan.Zero; await WhatIsLeftAsync() is { } left; waited += Step)
        {
            if (waited > Patience)
            {
                Require(false, $"has ended, and there is {left}");
                return;
            }

            await Task.Delay(Step, service.Clock);
        }
    }

    /// <returns>What of an ended item is still there; null when nothing is but its tombstone.</returns>
    private async Task<string?> WhatIsLeftAsync() =>
        await item.Item.StatusAsync() is { Status: 200 } status && status.Text("state") is "Pending" or "Stored" ? "the item"
        : (await service.VaultTable.QueryAsync($"VAULT#{item.Item.Id}")).Any(row => row["sk"].S == "BODY") ? "its body"
        : await service.VaultObjects.AreThereAsync(item.Item.Id) ? "its object"
        : null;

    private void RequireAnswer(Answer? answer, int[] statuses) =>
        Require(statuses.Contains(answer?.Status ?? 0), $"is opened with {answer?.Status} {answer?.Code}, and not {statuses[0]}");

    private void Require(bool holds, string what)
    {
        if (!holds)
        {
            service.Judge.Note($"The item {item.Item.Id} {what}.");
        }
    }
}
