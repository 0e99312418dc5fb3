using System.Globalization;
using System.Text.Json.Nodes;
using FairShare.Simulation.Judging;
using FairShare.Simulation.Runs;
using FairShare.Testing;

namespace FairShare.Simulation.Histories.Vault;

/// <summary>An item of the vault, with whoever stores, opens or guesses; every answer is judged by its ledger.</summary>
internal sealed class SimulatedItem
{
    private static readonly int?[] Limits = [1, 1, 1, 2, 3, null];
    private readonly SimulatedService service;
    private readonly SimulatedParty owner;
    private readonly JsonObject announcement;
    private readonly Dictionary<int, string> tickets = [];
    private readonly ItemOpening opening;
    private readonly bool isInline;

    /// <param name="service">Where it is.</param>
    /// <param name="owner">Who stores it.</param>
    /// <param name="life">How many seconds it lives.</param>
    /// <param name="choice">What its size and its limit follow from.</param>
    public SimulatedItem(SimulatedService service, SimulatedParty owner, int life, int choice)
    {
        (this.service, this.owner) = (service, owner);
        isInline = choice % 2 == 0;
        Item = TestVaultItem.New(service.Host, isInline ? 200 : 3_000);
        var opens = Limits[choice / 2 % Limits.Length];
        announcement = Item.Announce(opens, life, isInline);
        Ledger = service.Vault.Open(Item.Id, opens);
        opening = new ItemOpening(service, Item, Ledger);
    }

    public TestVaultItem Item { get; }

    public VaultLedger Ledger { get; }

    private DateTimeOffset Now => service.Clock.GetUtcNow();

    public async Task StoreAsync()
    {
        var grant = await InsistAsync(async () =>
        {
            await owner.RefreshAsync();
            return await Item.CreateAsync(owner.Party, announcement.DeepClone().AsObject());
        });
        if (grant is not { Status: 201 })
        {
            return;
        }

        Ledger.Ends(Time(grant));
        Ledger.IsStored = isInline || (await UploadAsync(grant) && await InsistAsync(() => Item.CommitAsync()) is { Status: 200 });
    }

    public Task OpenAsync(int number) => OpenAsync(tickets.TryGetValue(number, out var known) ? known : tickets[number] = Item.NewTicket());

    public Task OpenAgainAsync(int number) => tickets.TryGetValue(number, out var known) ? OpenAsync(known) : Task.CompletedTask;

    public async Task GuessAsync()
    {
        var auth = new byte[Item.Auth.Length];
        service.Host.Randomness.Fill(auth);
        var answer = await Insistence.TryAsync(() => Item.OpenAsync(auth: auth));
        if (answer is { Code: "vault-wrong-password" })
        {
            Ledger.Compared(Now);
        }
        else if (answer is { Status: 200 })
        {
            service.Judge.Note($"The item {Item.Id} is given to a guess.");
        }
    }

    public Task GiveBackAsync(int number) =>
        tickets.TryGetValue(number, out var ticket) ? InsistAsync(() => Item.DoneAsync(ticket)) : Task.CompletedTask;

    /// <summary>By the choice, wrong guesses are forgotten, one open more is allowed, or the item lives longer.</summary>
    public async Task LimitAsync(int choice)
    {
        switch (choice % 3)
        {
            case 0:
                await UnlockAsync();
                break;
            case 1 when Ledger.Most is not null:
                if (await InsistAsync(() => Item.LimitAsync(new JsonObject { ["maxOpens"] = Ledger.Raise() })) is { Status: 200 })
                {
                    Ledger.Raised();
                }

                break;
            case 2:
                Ledger.Extend();
                var extended = await InsistAsync(() => Item.LimitAsync(new JsonObject { ["expiresSeconds"] = 9_000 }));
                // An item that was erased while it was extended has no end any more.
                if (extended is { Status: 200 } && extended.Body?["expiresAt"] is not null)
                {
                    Ledger.Ends(Time(extended));
                }

                break;
        }
    }

    /// <summary>Has wrong guesses forgotten.</summary>
    public Task<Answer?> UnlockAsync()
    {
        Ledger.Unlock();
        return InsistAsync(() => Item.LimitAsync(new JsonObject { ["unlock"] = true }));
    }

    public async Task ReadOwnAsync() => await opening.RunAsync(Item.NewTicket(), _ => Item.ReadAsOwnerAsync(), isOwner: true);

    public async Task EraseAsync()
    {
        Ledger.IsToBeErased = true;
        Ledger.IsErased |= await InsistAsync(() => Item.DeleteAsync()) is { Status: 200 };
    }

    /// <summary>Opens by the ticket until there is an answer; what is given then must be what was stored.</summary>
    public Task<Answer?> OpenAsync(string ticket) => opening.RunAsync(ticket, known => Item.OpenAsync(known), isOwner: false);

    private async Task<bool> UploadAsync(Answer grant)
    {
        if (grant.Body!["upload"] is not { } upload)
        {
            return true;
        }

        using var response = await service.Host.UploadAsync(upload, Item.Content);
        return response.IsSuccessStatusCode;
    }

    private static DateTimeOffset Time(Answer answer) => DateTimeOffset.Parse(answer.Text("expiresAt"), CultureInfo.InvariantCulture);

    private Task<Answer?> InsistAsync(Func<Task<Answer>> call) => Insistence.InsistAsync(service.Clock, call);
}
