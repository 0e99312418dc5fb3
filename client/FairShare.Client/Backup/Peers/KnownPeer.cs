using FairShare.Backup.Planning;
using FairShare.Core.Encoding;
using FairShare.Core.Identifiers;
using FairShare.Core.Keys;

namespace FairShare.Client.Backup.Peers;

/// <summary>A peer as its user has noted it: what it says later is held against this.</summary>
/// <param name="Name">What the user calls it.</param>
/// <param name="Url">The address of its API.</param>
/// <param name="Key">The JWK of its seal.</param>
/// <param name="Agreement">Its agreement key, base64url.</param>
/// <param name="Domain">What fails together with it.</param>
/// <param name="Operator">Who runs it.</param>
/// <param name="Roster">The roster of a group by which it admits its user, as a text of its own; null for none.</param>
/// <param name="Group">The key of the group that it belongs to; null for none.</param>
public sealed record KnownPeer(
    string Name,
    string Url,
    string Key,
    string Agreement,
    string Domain,
    string Operator,
    string? Roster = null,
    string? Group = null
)
{
    private PublicKey? seal;

    internal PublicKey Seal => seal ??= PublicKey.FromJwk(Key);

    internal KeyId Kid => Seal.Thumbprint;

    internal SharePlace Place => new(Name, Domain, Operator);

    internal byte[] AgreementKey =>
        Base64UrlText.TryDecode(Agreement, out var point)
            ? point
            : throw new InvalidDataException($"The agreement key of {Name} is malformed.");
}
