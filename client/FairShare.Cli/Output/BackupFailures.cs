using FairShare.Backup.Planning;
using FairShare.Client.Backup.Peers;

namespace FairShare.Cli.Output;

/// <summary>Failures of the commands about backups.</summary>
internal static class BackupFailures
{
    /// <summary>The failure that an exception is; null where it is none of backups.</summary>
    public static Failure? Of(Exception exception) =>
        exception switch
        {
            BackupProblem problem => new(ExitOf(problem.Code), problem.Code, problem.Message, NextAfter(problem.Code)),
            PlanException problem => new(ExitCode.Usage, problem.Code, problem.Message, NextAfter(problem.Code)),
            _ => null,
        };

    private static int ExitOf(string code) =>
        code switch
        {
            BackupProblem.TooFewShares or BackupProblem.PeerKeyChanged or BackupProblem.BadAnswer or BackupProblem.BadBody =>
                ExitCode.NotVerified,
            BackupProblem.UnknownPeer or BackupProblem.UnknownBackup or BackupProblem.UnknownGroup => ExitCode.Usage,
            _ => ExitCode.Refused,
        };

    private static string NextAfter(string code) =>
        code switch
        {
            BackupProblem.TooFewPeers => "Nothing is stored. See fairshare peer list; fewer receipts are enough with --happy.",
            BackupProblem.TooFewShares => "See fairshare backup check; when more peers answer, run the command again.",
            BackupProblem.PeerKeyChanged => "Nothing was done. Ask who runs the peer; note the new one under another name.",
            BackupProblem.ManifestConflict => "Run the command again: it reads what stands then.",
            BackupProblem.RefreshPostponed => "Repair what is lost, and run the command again; --abort gives up what was prepared.",
            BackupProblem.RefreshCertified => "Run fairshare backup refresh without --abort.",
            BackupProblem.UnknownGroup => "See fairshare group list.",
            BackupProblem.GroupRefused =>
                "Nothing was changed. Ask whoever runs the group for another invitation, or for the latest roster.",
            BackupProblem.UnknownPeer => "See fairshare peer list.",
            BackupProblem.UnknownBackup => "See fairshare backup list.",
            "domain-holds-too-much" => "Choose other peers, or say that it is meant with --allow-shared-domain.",
            "too-few-peers" or "invalid-threshold" or "too-many-peers" or "invalid-happy" or "invalid-liars" =>
                "See fairshare backup create --help.",
            _ => "Keep what was received: it shows the fault. Run fairshare backup check.",
        };
}
