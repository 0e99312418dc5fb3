using FairShare.Core.Identifiers;

namespace FairShare.Aws.Notices;

/// <summary>An address to which a code was mailed, and how often codes were: beside the confirmed one, which stands meanwhile.</summary>
public sealed record PendingNotices
{
    /// <summary>For how long a code is good.</summary>
    public static readonly TimeSpan CodeLifetime = TimeSpan.FromDays(1);

    private static readonly TimeSpan FirstPause = TimeSpan.FromMinutes(5);
    private const int LongestDoubling = 8;

    /// <summary>Whose it is.</summary>
    public required PartyId Party { get; init; }

    /// <summary>The address; the default value once the code was used, or is not wanted any more.</summary>
    public required EmailAddress Address { get; init; }

    /// <summary>What notices are to be about.</summary>
    public required IReadOnlyList<string> About { get; init; }

    /// <summary>What is kept of the code that was mailed last.</summary>
    public required string CodeHash { get; init; }

    /// <summary>When that was.</summary>
    public required DateTimeOffset AskedAt { get; init; }

    /// <summary>How often codes were mailed, each within a day of the one before.</summary>
    public int Asked { get; init; }

    /// <summary>When it is forgotten.</summary>
    public DateTimeOffset RemoveAt => AskedAt + (2 * CodeLifetime);

    /// <summary>When another code may be mailed: each waits twice as long as the one before, from five minutes to a day.</summary>
    public DateTimeOffset AskableAt => AskedAt + (FirstPause * Math.Pow(2, Math.Min(Asked - 1, LongestDoubling)));

    /// <summary>Whether the code is still good.</summary>
    public bool IsGood(DateTimeOffset now) => Address != default && now <= AskedAt + CodeLifetime;

    /// <summary>How often codes were mailed, another one included.</summary>
    public int NextAsked(DateTimeOffset now) => now - AskedAt < CodeLifetime ? Asked + 1 : 1;

    /// <summary>The same without an address and a code: what is left counts how often codes were mailed.</summary>
    public PendingNotices Spend() =>
        this with
        {
            Address = default,
            About = [],
            // No hash of any code.
            CodeHash = "-",
        };
}
