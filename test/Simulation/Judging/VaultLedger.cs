using FairShare.Vault.Tokens;
using TemplateHost.Hosting;

namespace FairShare.Simulation.Judging;

/// <summary>What may still be had of one item of the vault, by what was asked and answered so far and what its table was told.</summary>
internal sealed class VaultLedger(Judge judge, string id, int? most)
{
    private const int FreeGuesses = 10;
    private readonly HashSet<string> tickets = [];
    private DateTimeOffset? firstGuess;
    private int compared;
    private int unlocks;

    /// <summary>How often it was opened: each open writes a ticket.</summary>
    public int Opens { get; private set; }

    /// <summary>How often it may be opened at most; null for any number.</summary>
    public int? Most { get; private set; } = most;

    /// <summary>How often it may be opened at least.</summary>
    public int? Least { get; private set; } = most;

    /// <summary>Before this it has not expired.</summary>
    public DateTimeOffset EarliestEnd { get; private set; } = DateTimeOffset.MaxValue;

    /// <summary>After this it has expired.</summary>
    public DateTimeOffset LatestEnd { get; private set; } = DateTimeOffset.MaxValue;

    /// <summary>Whether its owner was answered that it is stored.</summary>
    public bool IsStored { get; set; }

    /// <summary>Whether its owner has asked to erase it.</summary>
    public bool IsToBeErased { get; set; }

    /// <summary>Whether its owner was answered that it is erased.</summary>
    public bool IsErased { get; set; }

    /// <summary>Takes over a change of the vault's table.</summary>
    public void Change(string sort, ItemChange change)
    {
        if (!sort.StartsWith("OPEN#", StringComparison.Ordinal))
        {
            return;
        }

        judge.Count();
        if (change.IsRemoval)
        {
            tickets.Remove(sort);
            return;
        }

        tickets.Add(sort);
        if (++Opens > Most)
        {
            judge.Note($"The item {id} is opened {Opens} times, and may be {Most} times.");
        }
    }

    /// <summary>Why nobody can be given the item by the ticket; null when it may be given.</summary>
    public string? WhyNot(string ticket, DateTimeOffset now) =>
        IsErased ? "its owner was told that it is erased"
        : now >= LatestEnd ? "its time is over"
        : Opens >= Most && !tickets.Contains(KeyOf(ticket)) ? "no open was left"
        : null;

    /// <summary>A wrong guess was compared, as its answer says.</summary>
    public void Compared(DateTimeOffset now)
    {
        firstGuess ??= now;
        compared++;
        var allowed = (FreeGuesses * (1 + unlocks)) + (int)(now - firstGuess.Value).TotalHours;
        if (compared > allowed)
        {
            judge.Note($"{compared} wrong guesses at the item {id} are compared, and {allowed} may be.");
        }
    }

    /// <summary>The owner is about to have wrong guesses forgotten.</summary>
    public void Unlock() => unlocks++;

    /// <summary>The owner is about to allow one open more.</summary>
    public int Raise() => (Most += 1) ?? 0;

    /// <summary>The owner was answered that one open more is allowed.</summary>
    public void Raised() => Least = Most;

    /// <summary>The owner is about to change how long the item lives.</summary>
    public void Extend() => LatestEnd = DateTimeOffset.MaxValue;

    /// <summary>The owner was answered when the item ends.</summary>
    public void Ends(DateTimeOffset at) => (EarliestEnd, LatestEnd) = (at, at);

    private static string KeyOf(string ticket) => $"OPEN#{VaultTicket.Parse(ticket).Tag}";
}
