using FairShare.Core.Identifiers;

namespace FairShare.Aws.Notices;

/// <summary>Where a party wants mail that says that something waits, and about what.</summary>
public sealed record NoticeSetting
{
    /// <summary>A document waits for the party's receipt.</summary>
    public const string Documents = "documents";

    /// <summary>An exchange of a document of the party's has ended.</summary>
    public const string Endings = "endings";

    /// <summary>For how long a code is good.</summary>
    public static readonly TimeSpan CodeLifetime = TimeSpan.FromDays(1);

    private static readonly TimeSpan FirstPause = TimeSpan.FromMinutes(5);
    private const int LongestDoubling = 8;

    /// <summary>Whose it is.</summary>
    public required PartyId Party { get; init; }

    /// <summary>The address; the default value once they have ended.</summary>
    public required EmailAddress Address { get; init; }

    /// <summary>What notices are about.</summary>
    public required IReadOnlyList<string> About { get; init; }

    /// <summary>The token that ends them.</summary>
    public required NoticeToken Token { get; init; }

    /// <summary>Whether the address was confirmed.</summary>
    public bool IsConfirmed { get; init; }

    /// <summary>What is kept of the code that was mailed last.</summary>
    public required string CodeHash { get; init; }

    /// <summary>When that was.</summary>
    public required DateTimeOffset AskedAt { get; init; }

    /// <summary>How often codes were mailed, each within a day of the one before.</summary>
    public int Asked { get; init; }

    /// <summary>Whether the party has ended them: what is kept then counts how often codes were mailed.</summary>
    public bool IsEnded => Address == default;

    /// <summary>When it is forgotten, once it has ended.</summary>
    public DateTimeOffset RemoveAt => AskedAt + (2 * CodeLifetime);

    /// <summary>The same, ended.</summary>
    public NoticeSetting End() =>
        this with
        {
            Address = default,
            About = [],
            IsConfirmed = false,
            // No hash of any code.
            CodeHash = "-",
        };

    /// <summary>How often codes were mailed, another one included.</summary>
    public int NextAsked(DateTimeOffset now) => now - AskedAt < CodeLifetime ? Asked + 1 : 1;

    /// <summary>When another code may be mailed: each waits twice as long as the one before, from five minutes to a day.</summary>
    public DateTimeOffset AskableAt => AskedAt + (FirstPause * Math.Pow(2, Math.Min(Asked - 1, LongestDoubling)));
}
