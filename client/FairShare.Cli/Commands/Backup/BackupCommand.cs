using System.CommandLine;

namespace FairShare.Cli.Commands.Backup;

/// <summary><c>backup</c>: backups that any m of n peers restore.</summary>
internal static class BackupCommand
{
    public static Command Create(CommandRunner runner) =>
        new("backup", "Spread backups over peers, so that any m of them restore one and fewer learn nothing.")
        {
            CreateBackupCommand.Create(runner),
            BackupNoteCommands.List(runner),
            CheckBackupCommand.Create(runner),
            RepairBackupCommand.Create(runner),
            RestoreBackupCommand.Create(runner),
            RefreshBackupCommand.Create(runner),
            DeleteBackupCommand.Create(runner),
            StandingCommand.Create(runner),
            ShareBackupCommands.Share(runner),
            ShareBackupCommands.Accept(runner),
            BackupNoteCommands.Key(runner),
            BackupNoteCommands.Owner(runner),
            BackupNoteCommands.Verify(runner),
        };
}
