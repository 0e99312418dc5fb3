namespace FairShare.Client.Backup.Peers;

/// <summary>Something about a backup that does not go on.</summary>
/// <param name="code">One of the codes here.</param>
/// <param name="message">One sentence for people.</param>
public sealed class BackupProblem(string code, string message) : Exception(message)
{
    /// <summary>Fewer peers than are needed answered; what was stored is taken back.</summary>
    public const string TooFewPeers = "too-few-peers";

    /// <summary>Fewer than m shares are good.</summary>
    public const string TooFewShares = "too-few-shares";

    /// <summary>A peer shows another key than the one that was noted.</summary>
    public const string PeerKeyChanged = "peer-key-changed";

    /// <summary>A peer's answer is not what it must be.</summary>
    public const string BadAnswer = "bad-answer";

    /// <summary>A peer that helps another has sent something else than it must, which was shown.</summary>
    public const string WrongHelp = "wrong-help";

    /// <summary>A rebuilt body is not the one that the manifest says.</summary>
    public const string BadBody = "bad-body";

    /// <summary>Another change was made at the same time.</summary>
    public const string ManifestConflict = "manifest-conflict";

    /// <summary>Too few peers went along; the old shares are as good as before.</summary>
    public const string RefreshPostponed = "refresh-postponed";

    /// <summary>A refresh that is to be given up has been certified.</summary>
    public const string RefreshCertified = "refresh-certified";

    /// <summary>Fewer peers than are needed have confirmed a deletion.</summary>
    public const string DeleteIncomplete = "delete-incomplete";

    /// <summary>No peer of that name is noted.</summary>
    public const string UnknownPeer = "unknown-peer";

    /// <summary>No group of that key or name is noted.</summary>
    public const string UnknownGroup = "unknown-group";

    /// <summary>An invitation, a request to join or a roster is not taken.</summary>
    public const string GroupRefused = "group-refused";

    /// <summary>No backup of that id or name is noted.</summary>
    public const string UnknownBackup = "unknown-backup";

    /// <summary>The stable code.</summary>
    public string Code { get; } = code;
}
