using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;
using FairShare.Backup.Records;
using FairShare.Contracts.Http;

namespace FairShare.Contracts.Backup;

/// <summary>
/// Calls to a peer of dispersed backups. All but the description carry a signed order, and nothing else says who calls. The action that
/// the order names is the last part of the path; the record of its content stands beside each.
/// </summary>
public static class PeerRoutes
{
    /// <summary>What a refresh of 40 peers needs.</summary>
    private const int LargeBody = 2 << 20;

    /// <summary>What the peer is.</summary>
    public static Route<None, None, PeerDescription> DescribePeer { get; } =
        new(HttpMethod.Get, "/.well-known/fairshare-peer") { IsPublic = true };

    /// <summary>Takes a roster of the peer's group where it follows the one that stands, and gives the one that stands then. The group's
    /// signature is all that it needs.</summary>
    public static Route<None, RosterRequest, RosterAnswer> TakeRoster { get; } =
        new(HttpMethod.Post, "/peer/rosters") { IsPublic = true, Problems = [PeerProblems.NotAMember, CommonProblems.InvalidEvidence] };

    /// <summary>Presigned uploads of a body; content <see cref="ShareUpload"/>. A repeat gives fresh ones.</summary>
    public static Route<BackupId, PeerOrder, ShareUploadGrant> RequestShareUpload { get; } =
        Order<ShareUploadGrant>("shares", [PeerProblems.NoRoom, PeerProblems.WrongBody]);

    /// <summary>Takes what was uploaded, and the key share; content <see cref="ShareStatement"/>. A repeat gives another receipt.
    /// Where helpers have sent something wrong, the record is a HelpAccusation, and nothing has changed.</summary>
    public static Route<BackupId, PeerOrder, RecordAnswer> ConfirmShare { get; } =
        Order<RecordAnswer>(
            "receipts",
            [PeerProblems.NotStored, PeerProblems.WrongBody, PeerProblems.BadShare, PeerProblems.ManifestConflict, PeerProblems.WrongEpoch]
        );

    /// <summary>Puts leaves of the body right in their places; content <see cref="PatchRequest"/>. The peer takes the new body only if it
    /// is the one that the manifest says, and gives another receipt. One call copies a piece of a large body; the next order goes on from
    /// there.</summary>
    public static Route<BackupId, PeerOrder, PatchAnswer> PatchShare { get; } =
        Order<PatchAnswer>("patches", [PeerProblems.NotStored, PeerProblems.WrongBody, PeerProblems.ManifestConflict, PeerProblems.NoRoom]);

    /// <summary>Gives the share to an owner; content <see cref="ReleaseRequest"/>.</summary>
    public static Route<BackupId, PeerOrder, ShareReleaseAnswer> ReleaseShare { get; } = Order<ShareReleaseAnswer>("releases");

    /// <summary>Reads the body and says what its root is; content <see cref="NothingMore"/>. The order may stand. One call reads a piece of
    /// a large body, and the same order with what was answered goes on from there.</summary>
    public static Route<BackupId, PeerOrder, ProofAnswer> ProveShare { get; } =
        Order<ProofAnswer>("proofs", [PeerProblems.NotStored, PeerProblems.ProofOutdated]);

    /// <summary>Erases everything of a backup; content <see cref="NothingMore"/>. The order may stand, and a repeat changes
    /// nothing.</summary>
    public static Route<BackupId, PeerOrder, RecordAnswer> DeleteShare { get; } = Order<RecordAnswer>("deletions");

    /// <summary>Takes another manifest, or gives the present one; content <see cref="ManifestRequest"/>.</summary>
    public static Route<BackupId, PeerOrder, ManifestAnswer> TakeManifest { get; } =
        Order<ManifestAnswer>("manifests", [PeerProblems.ManifestConflict]);

    /// <summary>Step 1 of a refresh and of a repair: the peer offers a key, which is erased at the end; content <see
    /// cref="RefreshProgress"/>. A repeat before that offers the same.</summary>
    public static Route<BackupId, PeerOrder, RecordAnswer> OfferKey { get; } =
        Order<RecordAnswer>("keys", [PeerProblems.TooSoon, PeerProblems.WrongEpoch]);

    /// <summary>Step 2 of a refresh: the peer deals; content <see cref="RefreshProgress"/>. A repeat with the same keys gives the same
    /// deal.</summary>
    public static Route<BackupId, PeerOrder, RecordAnswer> DealRefresh { get; } =
        Order<RecordAnswer>("deals", [PeerProblems.TooSoon, PeerProblems.WrongEpoch, PeerProblems.NoShare]);

    /// <summary>Step 3: the peer accuses; content <see cref="RefreshProgress"/>.</summary>
    public static Route<BackupId, PeerOrder, RecordsAnswer> JudgeDeals { get; } =
        Order<RecordsAnswer>("accusations", [PeerProblems.WrongEpoch, PeerProblems.RefreshRefused]);

    /// <summary>Step 4: the peer answers accusations; content <see cref="RefreshProgress"/>.</summary>
    public static Route<BackupId, PeerOrder, RecordsAnswer> OpenDeals { get; } =
        Order<RecordsAnswer>("openings", [PeerProblems.WrongEpoch]);

    /// <summary>Step 5: the peer prepares its next share; content <see cref="RefreshProgress"/>.</summary>
    public static Route<BackupId, PeerOrder, RecordAnswer> PrepareRefresh { get; } =
        Order<RecordAnswer>("preparations", [PeerProblems.WrongEpoch, PeerProblems.RefreshRefused]);

    /// <summary>Step 6: with the certificate the next epoch begins; content <see cref="RefreshProgress"/>.</summary>
    public static Route<BackupId, PeerOrder, RecordAnswer> ApplyRefresh { get; } =
        Order<RecordAnswer>("applications", [PeerProblems.WrongEpoch, PeerProblems.RefreshRefused]);

    /// <summary>An owner gives up what was prepared and found no quorum; content <see cref="RefreshProgress"/>.</summary>
    public static Route<BackupId, PeerOrder, RecordAnswer> AbortRefresh { get; } = Order<RecordAnswer>("aborts", [PeerProblems.WrongEpoch]);

    /// <summary>A helper deals masks, or masks its share for a peer that has lost its own; content <see cref="HelpRequest"/>. Where another
    /// has dealt it something wrong, the record is a HelpAccusation.</summary>
    public static Route<BackupId, PeerOrder, RecordAnswer> HelpPeer { get; } =
        Order<RecordAnswer>("masks", [PeerProblems.InvalidHelp, PeerProblems.WrongEpoch, PeerProblems.NoShare]);

    /// <summary>
    /// What a standing order to refresh names: it is good for all six steps, as often as it comes, and its content is <see
    /// cref="NothingMore"/>.
    /// </summary>
    public const string StandingRefresh = "refreshes";

    /// <summary>What an order for a call must name.</summary>
    public static string ActionOf(Route route)
    {
        ArgumentNullException.ThrowIfNull(route);
        return route.Path[(route.Path.LastIndexOf('/') + 1)..];
    }

    private static Route<BackupId, PeerOrder, TAnswer> Order<TAnswer>(
        string action,
        IReadOnlyList<ProblemType>? problems = null,
        [CallerMemberName] string name = ""
    ) =>
        new(HttpMethod.Post, $"/peer/backups/{{backupId}}/{action}", name)
        {
            IsPublic = true,
            Problems = [.. PeerProblems.OfEveryOrder, .. problems ?? []],
            BodyLimit = LargeBody,
        };
}

/// <summary>The JSON of these calls' records, and of what orders carry.</summary>
[JsonSerializable(typeof(PeerOrder))]
[JsonSerializable(typeof(ShareUpload))]
[JsonSerializable(typeof(ShareUploadGrant))]
[JsonSerializable(typeof(ShareStatement))]
[JsonSerializable(typeof(PatchRequest))]
[JsonSerializable(typeof(PatchAnswer))]
[JsonSerializable(typeof(ReleaseRequest))]
[JsonSerializable(typeof(ShareReleaseAnswer))]
[JsonSerializable(typeof(ManifestRequest))]
[JsonSerializable(typeof(ManifestAnswer))]
[JsonSerializable(typeof(NothingMore))]
[JsonSerializable(typeof(RecordAnswer))]
[JsonSerializable(typeof(ProofAnswer))]
[JsonSerializable(typeof(RecordsAnswer))]
[JsonSerializable(typeof(RefreshProgress))]
[JsonSerializable(typeof(HelpRequest))]
[JsonSerializable(typeof(RosterRequest))]
[JsonSerializable(typeof(RosterAnswer))]
[JsonSerializable(typeof(PeerDescription))]
internal sealed partial class PeerJson : JsonSerializerContext;
