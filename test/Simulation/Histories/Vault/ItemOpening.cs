using FairShare.Simulation.Judging;
using FairShare.Simulation.Runs;
using FairShare.Testing;

namespace FairShare.Simulation.Histories.Vault;

/// <summary>Opens an item until there is an answer, and judges it: the item may be given, and what is given is what was stored.</summary>
internal sealed class ItemOpening(SimulatedService service, TestVaultItem item, VaultLedger ledger)
{
    private DateTimeOffset Now => service.Clock.GetUtcNow();

    /// <param name="ticket">The ticket.</param>
    /// <param name="open">Makes the call.</param>
    /// <param name="isOwner">Whether the owner reads.</param>
    public Task<Answer?> RunAsync(string ticket, Func<string, Task<Answer>> open, bool isOwner) =>
        Insistence.InsistAsync(
            service.Clock,
            async () =>
            {
                var (reason, most) = (ledger.WhyNot(ticket, Now), ledger.Most);
                var answer = await open(ticket);
                if (answer.Status != 200)
                {
                    return answer;
                }

                // The owner reads at no cost, while the item lives.
                if (reason is not null && most == ledger.Most && !(isOwner && reason.StartsWith("no open", StringComparison.Ordinal)))
                {
                    service.Judge.Note($"The item {item.Id} is given, though {reason}.");
                }

                await RequireContentAsync(answer);
                return answer;
            }
        );

    private async Task RequireContentAsync(Answer answer)
    {
        try
        {
            if (!(await item.FetchAsync(answer)).SequenceEqual(item.Content))
            {
                service.Judge.Note($"What is given of the item {item.Id} is not what was stored.");
            }
        }
        catch (HttpRequestException) when (ledger.IsToBeErased || ledger.Opens >= ledger.Most || Now >= ledger.EarliestEnd)
        {
            // It was erased between the answer and the download.
        }
    }
}
