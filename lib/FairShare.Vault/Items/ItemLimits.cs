using FairShare.Core.Errors;

namespace FairShare.Vault.Items;

/// <summary>What limits the life of an item.</summary>
/// <param name="MaxOpens">How often it may be opened, 1..1000; null where only time limits it.</param>
/// <param name="ExpiresAt">When it ends.</param>
public sealed record ItemLimits(int? MaxOpens, DateTimeOffset ExpiresAt)
{
    /// <summary>The most opens that can be stated.</summary>
    public const int MostOpens = 1000;

    /// <summary>How many guesses are free.</summary>
    public const int FreeGuesses = 10;

    /// <summary>The longest life: 365 days.</summary>
    public static TimeSpan LongestLife { get; } = TimeSpan.FromDays(365);

    /// <summary>The time between two guesses once the free ones are used up: an hour.</summary>
    public static TimeSpan GuessInterval { get; } = TimeSpan.FromHours(1);

    /// <summary>How long the verifier and the reason are kept after the end, so that who has the code is told: 30 days.</summary>
    public static TimeSpan TombstoneLife { get; } = TimeSpan.FromDays(30);

    /// <summary>Checks what a sender asks for.</summary>
    /// <exception cref="ProtocolException"><c>invalid-vault-limits</c>.</exception>
    public static ItemLimits Require(int? maxOpens, TimeSpan life, DateTimeOffset now)
    {
        if (life < TimeSpan.FromSeconds(1) || life > LongestLife)
        {
            throw Refuse($"An item lives a second to {LongestLife.TotalDays} days.");
        }

        return new(RequireOpens(maxOpens), now + life);
    }

    /// <summary>Checks what an owner changes; what is not named stays as it is, however little is left of it.</summary>
    /// <param name="maxOpens">How often it may be opened from its beginning; null for what stands.</param>
    /// <param name="life">How long it lives from now; null for what stands.</param>
    /// <param name="now">Now.</param>
    /// <exception cref="ProtocolException"><c>invalid-vault-limits</c>.</exception>
    public ItemLimits Change(int? maxOpens, TimeSpan? life, DateTimeOffset now) =>
        life is { } asked ? Require(maxOpens ?? MaxOpens, asked, now) : this with { MaxOpens = RequireOpens(maxOpens ?? MaxOpens) };

    private static int? RequireOpens(int? maxOpens) =>
        maxOpens is < 1 or > MostOpens ? throw Refuse($"An item can be opened 1 to {MostOpens} times.") : maxOpens;

    private static ProtocolException Refuse(string message) => new("invalid-vault-limits", message);
}
