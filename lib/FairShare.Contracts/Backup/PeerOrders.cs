using FairShare.Contracts.Exchange;
using FairShare.Contracts.Vault;

namespace FairShare.Contracts.Backup;

/// <summary>An order to a peer.</summary>
/// <param name="Order">The signed order, a BackupOrder.</param>
/// <param name="Key">The JWK of the key that signed it.</param>
/// <param name="Content">The JSON of what is said besides, as a text: the order has its digest.</param>
/// <param name="Roster">The roster of the group that the key is a member of, where the peer asks for one.</param>
/// <param name="Said">What the order has no digest of, and peers have signed: the JSON of a <see cref="RefreshProgress"/> beside a standing
/// order to refresh; the IntegrityProgress that the peer answered with, beside an order to prove. Null beside any other order.</param>
public sealed record PeerOrder(string Order, string Key, string Content, string? Roster = null, string? Said = null);

/// <summary>A share's body that is to be stored.</summary>
/// <param name="Index">The index of the share.</param>
/// <param name="Size">The most octets that the body will have; exactly those that it has where a digest is given.</param>
/// <param name="Fresh">Whether a body that is under way is given up for this one.</param>
/// <param name="Digest">The body's <c>sha-256</c>, where it is uploaded by one PUT.</param>
/// <param name="Parts">Parts for which presigned PUTs are asked; at most 100.</param>
/// <param name="Tree">Digest and size of the hashes of its leaves, where the body has more than 1 MiB.</param>
public sealed record ShareUpload(
    int Index,
    long Size,
    bool Fresh = false,
    DigestView? Digest = null,
    IReadOnlyList<VaultPart>? Parts = null,
    TreeUpload? Tree = null
);

/// <summary>The hashes of a body's leaves.</summary>
public sealed record TreeUpload(string Digest, long Size);

/// <summary>How to upload what was asked for.</summary>
/// <param name="Upload">The PUT of the body.</param>
/// <param name="Parts">The PUTs of parts.</param>
/// <param name="Tree">The PUT of the hashes of the leaves.</param>
public sealed record ShareUploadGrant(UploadWay? Upload = null, VaultPartsGrant? Parts = null, UploadWay? Tree = null);

/// <summary>A share that was uploaded, and what it belongs to.</summary>
/// <param name="Manifest">The manifest.</param>
/// <param name="Size">The octets of the body; null where the body stays as it is.</param>
/// <param name="Digest">The body's digest.</param>
/// <param name="Epoch">The epoch of the key share.</param>
/// <param name="Commitments">The commitments of that epoch, base64url.</param>
/// <param name="Share">The key share, sealed for the peer; null where it stays as it is.</param>
/// <param name="Masked">In its place: the MaskedShares that m helpers have signed for the peer.</param>
/// <param name="Helpers">Their indices, in that order.</param>
/// <param name="Peers">Beside them: the JWKs of the peers 1 to n; an empty text for one that takes no part.</param>
/// <param name="Keys">Beside them: the keys that the helpers and the peer have offered.</param>
/// <param name="Masks">Beside them: the ShareMasks that the helpers have signed.</param>
public sealed record ShareStatement(
    string Manifest,
    long? Size = null,
    DigestView? Digest = null,
    long Epoch = 0,
    string? Commitments = null,
    string? Share = null,
    IReadOnlyList<string>? Masked = null,
    IReadOnlyList<int>? Helpers = null,
    IReadOnlyList<string>? Peers = null,
    IReadOnlyList<string>? Keys = null,
    IReadOnlyList<string>? Masks = null
);

/// <summary>Leaves of a body that take the places of those that are wrong.</summary>
/// <param name="Leaves">The leaves, at most 64: with them the body must be the one that the manifest says. Those before the leaf from which
/// the peer goes on count for nothing.</param>
public sealed record PatchRequest(IReadOnlyList<PatchedLeaf> Leaves)
{
    /// <summary>How many leaves one order may have.</summary>
    public const int MostLeaves = 64;
}

/// <summary>What a peer has put right.</summary>
/// <param name="Record">A StorageReceipt; null where the order is to be given again, with the leaves from <paramref name="Next"/>
/// on.</param>
/// <param name="Next">The leaf from which the peer goes on; it keeps what is before.</param>
public sealed record PatchAnswer(string? Record = null, int Next = 0);

/// <summary>A leaf of a body.</summary>
/// <param name="Number">Its number, from 0.</param>
/// <param name="Octets">Its octets, base64url.</param>
public sealed record PatchedLeaf(int Number, string Octets);

/// <summary>What of a share is wanted.</summary>
/// <param name="Recipient">The public key that the key share is sealed for, base64url; null leaves it out.</param>
public sealed record ReleaseRequest(string? Recipient = null);

/// <summary>A share as its peer has it.</summary>
/// <param name="Record">What the peer says of it, a ShareRelease.</param>
/// <param name="Manifest">The manifest that the peer has.</param>
/// <param name="Epoch">The epoch of the key share.</param>
/// <param name="Commitments">The commitments of that epoch, base64url.</param>
/// <param name="BodySize">The octets of the body.</param>
/// <param name="BodyUrl">A presigned GET of the body, good for an hour.</param>
/// <param name="TreeUrl">A presigned GET of the hashes of its leaves; null where the body is small.</param>
/// <param name="Share">The key share, sealed for who asked; null where nobody did, and where the peer has none.</param>
/// <param name="HasPrepared">Whether a refresh is prepared, or was and has been given up, and is not finished.</param>
/// <param name="Attempt">The attempt at the next epoch in which the peer takes part.</param>
/// <param name="Next">The key shares of the next epoch that the peer holds besides, prepared or given up; null where it holds none, or
/// nobody asked.</param>
public sealed record ShareReleaseAnswer(
    string Record,
    string Manifest,
    long Epoch,
    string Commitments,
    long BodySize,
    string BodyUrl,
    string? TreeUrl = null,
    string? Share = null,
    bool HasPrepared = false,
    long Attempt = 0,
    IReadOnlyList<NextShare>? Next = null
);

/// <summary>A key share of the next epoch, which waits for a certificate.</summary>
/// <param name="Commitments">The commitments of the epoch, base64url.</param>
/// <param name="Share">The key share, sealed for who asked.</param>
public sealed record NextShare(string Commitments, string Share);

/// <summary>Another manifest; null only asks for the one that the peer has.</summary>
public sealed record ManifestRequest(string? Manifest = null);

/// <summary>The manifest that the peer has then, and whether S3 still has the body of its receipt.</summary>
/// <param name="Manifest">The manifest.</param>
/// <param name="Epoch">The epoch of the key share.</param>
/// <param name="HasShare">Whether there is a key share.</param>
/// <param name="HasBody">Whether the body is there, of the receipt's size and checksum.</param>
public sealed record ManifestAnswer(string Manifest, long Epoch, bool HasShare, bool HasBody);

/// <summary>Nothing more than the order says.</summary>
public sealed record NothingMore;

/// <summary>What a peer found when it read its body.</summary>
/// <param name="Record">An IntegrityProof; or an IntegrityProgress, which is said beside the same order to have the peer go on.</param>
/// <param name="Wrong">Leaves that are not what the hashes beside the body say; the first hundred, once the peer has read all of
/// it.</param>
/// <param name="IsOver">Whether the peer has read all of it.</param>
public sealed record ProofAnswer(string Record, IReadOnlyList<int> Wrong, bool IsOver = true);

/// <summary>A roster of the peer's group.</summary>
public sealed record RosterRequest(string Roster);

/// <summary>The roster that stands.</summary>
public sealed record RosterAnswer(string Roster);

/// <summary>A signed record.</summary>
/// <param name="Record">The record.</param>
/// <param name="Attempt">With an offered key, the attempt at the next epoch in which the peer takes part; else null.</param>
public sealed record RecordAnswer(string Record, long? Attempt = null);

/// <summary>Signed records; none where there is nothing to say.</summary>
public sealed record RecordsAnswer(IReadOnlyList<string> Records);
