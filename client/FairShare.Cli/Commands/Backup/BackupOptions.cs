using System.CommandLine;

namespace FairShare.Cli.Commands.Backup;

/// <summary>Arguments and options that several commands of backups have.</summary>
internal static class BackupOptions
{
    public static Argument<string> Backup { get; } = new("backup") { Description = "The backup's id or name; see fairshare backup list." };
}
