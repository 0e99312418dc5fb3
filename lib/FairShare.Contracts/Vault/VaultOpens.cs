using FairShare.Contracts.Exchange;

namespace FairShare.Contracts.Vault;

/// <summary>A wish to open an item.</summary>
/// <param name="Auth">What proves that the opener has code and password: 32 bytes, 43 characters of base64url.</param>
/// <param name="Ticket">128 bits that the opener drew, 22 characters of base64url. A repeat with the same ticket costs no open.</param>
public sealed record VaultOpenRequest(string Auth, string Ticket);

/// <summary>An open.</summary>
/// <param name="Size">Bytes of the object.</param>
/// <param name="Digest">The object's digest.</param>
/// <param name="ExpiresAt">When the item ends.</param>
/// <param name="TicketUntil">Until when the ticket gives fresh URLs.</param>
/// <param name="OpensLeft">How many opens are left; null where only time limits them.</param>
/// <param name="Url">A presigned GET that starts within a minute; null where the body is given.</param>
/// <param name="Body">The object, base64url, where it is small; null else.</param>
public sealed record VaultOpenAnswer(
    long Size,
    DigestView Digest,
    DateTimeOffset ExpiresAt,
    DateTimeOffset TicketUntil,
    int? OpensLeft = null,
    string? Url = null,
    string? Body = null
);

/// <summary>The ticket of an open whose opener has all that it wanted.</summary>
public sealed record VaultDoneRequest(string Ticket);

/// <summary>The ticket is worth nothing any more.</summary>
public sealed record VaultDoneAnswer(string Id);
