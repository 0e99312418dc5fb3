using FairShare.Backup.Curve;
using FairShare.Backup.Refresh;
using FairShare.Backup.Sharing;
using FairShare.Core.Digests;
using FairShare.Core.Encoding;
using FairShare.Core.Errors;
using FairShare.Core.Identifiers;

namespace FairShare.Backup.Records;

/// <summary>
/// What a backup is: its numbers, its owners, and which peer holds which share. A change is another manifest with the next number and the
/// hash of the one before it. Commitments are those of epoch 0; the first of them never changes, and with it a later epoch's are known.
/// </summary>
public sealed record BackupManifest
{
    /// <summary>The backup.</summary>
    public required BackupId Backup { get; init; }

    /// <summary>From 1; one more with each change.</summary>
    public required long Sequence { get; init; }

    /// <summary>The hash of the manifest before; null of the first.</summary>
    public Sha256Digest? Previous { get; init; }

    /// <summary>What the owner calls it, sealed by the owner; null where it has no name.</summary>
    public string? Name { get; init; }

    /// <summary>How the body is spread.</summary>
    public required BackupScheme Scheme { get; init; }

    /// <summary>m, n and f.</summary>
    public required RefreshParameters Parameters { get; init; }

    /// <summary>How many receipts made the backup good.</summary>
    public required int Happy { get; init; }

    /// <summary>Octets of the encrypted file.</summary>
    public required long Size { get; init; }

    /// <summary>Octets of each share's body.</summary>
    public required long BodySize { get; init; }

    /// <summary>SHA-256 of the encrypted file.</summary>
    public required Sha256Digest Digest { get; init; }

    /// <summary>The keys that may order anything, at least one.</summary>
    public required IReadOnlyList<KeyId> Owners { get; init; }

    /// <summary>The seals of the peers 1 to n.</summary>
    public required IReadOnlyList<KeyId> Peers { get; init; }

    /// <summary>The roots of the bodies of the peers 1 to n.</summary>
    public required IReadOnlyList<Sha256Digest> Roots { get; init; }

    /// <summary>The commitments of epoch 0.</summary>
    public required Commitments Commitments { get; init; }

    /// <summary>How many peers must have taken a manifest for it to hold: f of them may lie.</summary>
    public int Quorum => ((Parameters.Total + Parameters.Liars) / 2) + 1;

    /// <summary>The members of the record.</summary>
    public RecordMembers ToMembers(DateTimeOffset gen) =>
        RecordMembers
            .Of(Backup, gen)
            .With("seq", Sequence)
            .With("prev", Previous?.ToString())
            .With("name", Name)
            .With("scheme", Scheme.Name())
            .With("m", Parameters.Threshold)
            .With("n", Parameters.Total)
            .With("f", Parameters.Liars)
            .With("happy", Happy)
            .With("size", Size)
            .With("bodySize", BodySize)
            .With("digest", Digest)
            .With("owners", Owners.Select(owner => owner.ToString()))
            .With("peers", Peers.Select(peer => peer.ToString()))
            .With("roots", Roots.Select(root => root.ToString()))
            .With("commitments", Commitments.ToBytes().Chunk(CurvePoint.Size).Select(point => Base64UrlText.Encode(point)));

    /// <summary>Reads a manifest.</summary>
    /// <exception cref="TokenException">A member has not the form that it must have, or numbers do not fit each other.</exception>
    public static BackupManifest Read(BackupRecord record)
    {
        var members = record.Members;
        var manifest = new BackupManifest
        {
            Backup = members.Backup,
            Sequence = members.Number("seq"),
            Previous = members.OptionalText("prev") is null ? null : members.Digest("prev"),
            Name = members.OptionalText("name"),
            Scheme = members.Read("scheme", BackupSchemes.Parse),
            Parameters = ReadParameters(members),
            Happy = members.Count("happy"),
            Size = members.Number("size"),
            BodySize = members.Number("bodySize"),
            Digest = members.Digest("digest"),
            Owners = members.ReadAll("owners", KeyId.Parse),
            Peers = members.ReadAll("peers", KeyId.Parse),
            Roots = members.ReadAll("roots", Sha256Digest.Parse),
            Commitments =
                Commitments.TryRead([.. members.ReadAll("commitments", DecodePoint).SelectMany(point => point)])
                ?? throw RecordMembers.Invalid("commitments"),
        };
        manifest.RequireFits(record);
        return manifest;
    }

    /// <summary>The index of a peer, 1 to n; 0 where it holds no share.</summary>
    public int IndexOf(KeyId peer) => Peers.ToList().IndexOf(peer) + 1;

    private void RequireFits(BackupRecord record)
    {
        var total = Parameters.Total;
        Require("seq", Sequence >= 1 && Sequence > 1 == Previous is not null);
        Require("owners", Owners.Count is >= 1 and <= 8 && Owners.Distinct().Count() == Owners.Count);
        Require("owners", Sequence > 1 || Owners.Contains(record.KeyId));
        Require("peers", Peers.Count == total && Peers.Distinct().Count() == total);
        Require("roots", Roots.Count == total);
        Require("commitments", Commitments.Threshold == Parameters.Threshold);
        Require("happy", Happy > Parameters.Threshold && Happy <= total || Happy == total);
    }

    private static RefreshParameters ReadParameters(RecordMembers members)
    {
        try
        {
            return new RefreshParameters(members.Count("m"), members.Count("n"), members.Count("f"));
        }
        catch (ArgumentOutOfRangeException)
        {
            throw RecordMembers.Invalid("n");
        }
    }

    private static byte[] DecodePoint(string text) =>
        Base64UrlText.TryDecode(text, CurvePoint.Size, out var point) && CurvePoint.TryRead(point) is not null
            ? point
            : throw new ProtocolException("invalid-point", "A point is 33 octets of base64url, compressed.");

    private static void Require(string name, bool holds)
    {
        if (!holds)
        {
            throw RecordMembers.Invalid(name);
        }
    }
}
