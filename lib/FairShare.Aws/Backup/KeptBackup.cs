using System.Globalization;
using FairShare.Backup.Records;
using FairShare.Core.Digests;
using FairShare.Core.Encoding;
using FairShare.Core.Identifiers;

namespace FairShare.Aws.Backup;

/// <summary>What a peer keeps of a backup. It is written as a whole, each time with the next revision.</summary>
public sealed record KeptBackup
{
    /// <summary>The backup.</summary>
    public required BackupId Id { get; init; }

    /// <summary>Where it stands.</summary>
    public required KeptPhase Phase { get; init; }

    /// <summary>How often it was written; 0 for what was not yet.</summary>
    public long Revision { get; init; }

    /// <summary>Who announced it.</summary>
    public required KeyId Announcer { get; init; }

    /// <summary>The manifest's record; null before the first receipt.</summary>
    public string? Manifest { get; init; }

    /// <summary>The body that there is a receipt for.</summary>
    public KeptBody? Body { get; init; }

    /// <summary>A body that is under way.</summary>
    public PendingBody? Pending { get; init; }

    /// <summary>Where the body lay that this one replaced, which a call that ended too early may have left there; null where none
    /// did.</summary>
    public string? Replaced { get; init; }

    /// <summary>Bodies that were given up; somebody may still write them for a while.</summary>
    public IReadOnlyList<DroppedBody> Dropped { get; init; } = [];

    /// <summary>The key share; null where there is none.</summary>
    public KeptShares? Shares { get; init; }

    /// <summary>The key of a refresh or a repair that is under way; null where none is.</summary>
    public KeptKey? Key { get; init; }

    /// <summary>Octets that it takes up, or may take up.</summary>
    public long Room => (Body?.Size ?? 0) + (Pending?.Size ?? 0);

    /// <summary>Whether a slot is that of a body which stands, or is under way.</summary>
    public bool Uses(string slot) => Body?.Slot == slot || Pending?.Slot == slot;
}

/// <summary>A body of which S3 has the digest.</summary>
/// <param name="Slot">Where it lies.</param>
/// <param name="Size">Its octets.</param>
/// <param name="Digest">Its digest.</param>
public sealed record KeptBody(string Slot, long Size, DocumentDigest Digest);

/// <summary>A body that is being uploaded.</summary>
/// <param name="Slot">Where it will lie.</param>
/// <param name="Size">The most octets that it will have.</param>
/// <param name="UploadId">The multipart upload; null for one PUT.</param>
/// <param name="Copy">Where the peer itself stopped writing it; null where somebody else uploads it.</param>
public sealed record PendingBody(string Slot, long Size, string? UploadId = null, KeptCopy? Copy = null);

/// <summary>How far a body was copied while leaves of it are put right; what was copied is as it must be.</summary>
/// <param name="Source">The slot of the body that is copied.</param>
/// <param name="Leaves">The leaves that were copied.</param>
/// <param name="Frontier">Their hashes, as a TreeFrontier writes them.</param>
public sealed record KeptCopy(string Source, long Leaves, byte[] Frontier);

/// <summary>A peer's key for one refresh or one repair.</summary>
/// <param name="Wrapped">The private key under the peer's key of KMS.</param>
/// <param name="PublicKey">The public key, a compressed point.</param>
/// <param name="OfferedAt">When it was made.</param>
public sealed record KeptKey(byte[] Wrapped, byte[] PublicKey, DateTimeOffset OfferedAt);

/// <summary>A peer's shares of a backup's secret, the secret numbers wrapped.</summary>
/// <param name="Epoch">The epoch of the current share.</param>
/// <param name="Commitments">Its commitments.</param>
/// <param name="Wrapped">The secret numbers under the peer's key of KMS; their form is that of PeerSharesFormat.</param>
/// <param name="HasCurrent">Whether there is a current share among them.</param>
public sealed record KeptShares(uint Epoch, byte[] Commitments, byte[] Wrapped, bool HasCurrent)
{
    /// <summary>The record of the deal of this epoch; null before.</summary>
    public string? Deal { get; init; }

    /// <summary>The transcript that was prepared; null before.</summary>
    public Sha256Digest? PreparedTranscript { get; init; }

    /// <summary>The commitments of what was prepared.</summary>
    public byte[]? PreparedCommitments { get; init; }

    /// <summary>The attempt at the next epoch in which the peer takes part.</summary>
    public uint Attempt { get; init; }

    /// <summary>What was prepared in earlier attempts and given up: attempt, transcript and commitments of each.</summary>
    public IReadOnlyList<KeptAttempt> GivenUp { get; init; } = [];

    /// <summary>When the epoch began by a refresh; null for the first.</summary>
    public DateTimeOffset? RefreshedAt { get; init; }
}

/// <summary>What was prepared in an attempt that was given up; its secret numbers are wrapped with the others.</summary>
/// <param name="Attempt">The attempt.</param>
/// <param name="Transcript">The transcript.</param>
/// <param name="Commitments">The commitments of its shares.</param>
public sealed record KeptAttempt(uint Attempt, Sha256Digest Transcript, byte[] Commitments)
{
    /// <summary>The three in one text.</summary>
    public override string ToString() => $"{Attempt} {Transcript} {Base64UrlText.Encode(Commitments)}";

    /// <summary>Reads the text.</summary>
    /// <exception cref="FormatException">It is not of that form.</exception>
    public static KeptAttempt Parse(string text) =>
        text.Split(' ') is [var attempt, var transcript, var commitments] && Base64UrlText.TryDecode(commitments, out var octets)
            ? new KeptAttempt(uint.Parse(attempt, CultureInfo.InvariantCulture), Sha256Digest.Parse(transcript), octets)
            : throw new FormatException("An attempt that was given up is not in its form.");
}
