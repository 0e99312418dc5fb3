namespace FairShare.Contracts.Backup;

/// <summary>What a peer says of itself.</summary>
/// <param name="Kind">Always <c>FairShare peer</c>.</param>
/// <param name="Kid">The thumbprint of its seal.</param>
/// <param name="Key">The JWK of its seal.</param>
/// <param name="Agreement">The public key for what is sent to it alone: a compressed point, base64url.</param>
/// <param name="Domain">What fails together with it: a region, a building, a disk.</param>
/// <param name="Operator">Who runs it.</param>
/// <param name="Room">Octets that it has room for.</param>
/// <param name="Used">Octets that are taken.</param>
/// <param name="Group">The key of the group whose members it keeps backups for; null for none.</param>
public sealed record PeerDescription(
    string Kind,
    string Kid,
    string Key,
    string Agreement,
    string Domain,
    string Operator,
    long Room,
    long Used,
    string? Group = null
);
