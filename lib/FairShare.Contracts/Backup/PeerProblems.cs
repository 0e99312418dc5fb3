using FairShare.Contracts.Http;

namespace FairShare.Contracts.Backup;

/// <summary>Problems of calls to a peer.</summary>
public static class PeerProblems
{
#pragma warning disable CS1591 // The titles say what each of them means.
    public static ProblemType NotAnOwner { get; } = new("not-an-owner", 403, "The order's key is not one of an owner");

    public static ProblemType NotAMember { get; } = new("not-a-member", 403, "The peer keeps nothing for this key");

    public static ProblemType OrderFollowed { get; } = new("order-followed", 409, "The order was followed already");

    public static ProblemType OrderRefused { get; } = new("order-refused", 403, "The order is not one that this peer may follow now");

    public static ProblemType BackupNotFound { get; } = new("backup-not-found", 404, "The peer has nothing of this backup");

    public static ProblemType BackupDeleted { get; } = new("backup-deleted", 410, "The backup was deleted here");

    public static ProblemType NoRoom { get; } = new("no-room", 413, "The peer has no room for the body");

    public static ProblemType NotStored { get; } = new("share-not-stored", 409, "The body is not there");

    public static ProblemType WrongBody { get; } = new("share-body-differs", 422, "The stored body is not the one that was announced");

    public static ProblemType ProofOutdated { get; } =
        new("proof-outdated", 409, "What was read before counts no more, and the proof begins anew");

    public static ProblemType BadShare { get; } = new("bad-share", 422, "The key share is not what the commitments say");

    public static ProblemType ManifestConflict { get; } =
        new("manifest-conflict", 409, "Another change of the backup was taken before this one");

    public static ProblemType NoShare { get; } = new("no-share", 409, "The peer has no key share of this epoch");

    public static ProblemType WrongEpoch { get; } = new("wrong-epoch", 409, "The key share is of another epoch");

    public static ProblemType TooSoon { get; } = new("refresh-too-soon", 409, "The shares were refreshed less than an hour ago");

    public static ProblemType RefreshRefused { get; } = new("refresh-refused", 409, "The peer does not go along with this refresh");

    public static ProblemType InvalidHelp { get; } =
        new("invalid-help", 400, "The helpers are not m different others, or what they say is not of this repair");
#pragma warning restore CS1591

    /// <summary>What every call with an order may be refused with.</summary>
    public static IReadOnlyList<ProblemType> OfEveryOrder { get; } =
    [NotAnOwner, NotAMember, OrderFollowed, OrderRefused, BackupNotFound, BackupDeleted, CommonProblems.InvalidEvidence];
}
