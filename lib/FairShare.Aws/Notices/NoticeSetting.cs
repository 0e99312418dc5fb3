using FairShare.Core.Identifiers;

namespace FairShare.Aws.Notices;

/// <summary>Where a party gets mail that says that something waits, and about what: an address that was confirmed.</summary>
public sealed record NoticeSetting
{
    /// <summary>A document waits for the party's receipt.</summary>
    public const string Documents = "documents";

    /// <summary>An exchange of a document of the party's has ended.</summary>
    public const string Endings = "endings";

    /// <summary>Whose it is.</summary>
    public required PartyId Party { get; init; }

    /// <summary>The address.</summary>
    public required EmailAddress Address { get; init; }

    /// <summary>What notices are about.</summary>
    public required IReadOnlyList<string> About { get; init; }

    /// <summary>The token that ends them.</summary>
    public required NoticeToken Token { get; init; }
}
