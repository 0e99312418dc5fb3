using System.CommandLine;
using FairShare.Cli.Commands;
using FairShare.Cli.Commands.Backup;
using FairShare.Cli.Commands.Exchange;
using FairShare.Cli.Commands.Log;
using FairShare.Cli.Commands.Notices;
using FairShare.Cli.Commands.Parties;
using FairShare.Cli.Commands.Vault;
using FairShare.Cli.Commands.Webhooks;

namespace FairShare.Cli;

/// <summary>All commands.</summary>
internal static class CommandTree
{
    public static RootCommand Create(CommandRunner runner) => ExampleHelp.AddTo(All(runner));

    private static RootCommand All(CommandRunner runner) =>
        new("Fair exchange of documents for signed receipts.")
        {
            GlobalOptions.Json,
            GlobalOptions.Home,
            GlobalOptions.PassphraseFile,
            GlobalOptions.Timeout,
#if WITH_HOST
            Commands.Hosting.UpCommand.Create(runner),
            Commands.Hosting.DemoCommand.Create(runner),
            Commands.Hosting.CoordinatorCommand.Create(runner),
            Commands.Hosting.TsaCommand.Create(runner),
#endif
            AccountCommands.Register(runner),
            AccountCommands.Confirm(runner),
            AccountCommands.LogIn(runner),
            PasswordCommands.LogOut(runner),
            PasswordCommands.Password(runner),
            PasswordCommands.Recover(runner),
            PasswordCommands.Resend(runner),
            MfaCommands.Create(runner),
            ContactCommands.WhoAmI(runner),
            ContactCommands.Create(runner),
            LookupCommands.Create(runner),
            KeyCommands.Create(runner),
            PutCommand.Create(runner),
            WatchCommand.Create(runner),
            ListCommand.Create(runner),
            GetCommand.Create(runner),
            EndingCommands.Decline(runner),
            EndingCommands.Abort(runner),
            ExchangesCommand.Create(runner),
            InboxCommand.Create(runner),
            NoticeCommands.Create(runner),
            WebhookCommands.Create(runner),
            EvidenceCommands.Evidence(runner),
            EvidenceCommands.Verify(runner),
            LogCommand.Create(runner),
            MonitorCommand.Create(runner),
            WitnessCommand.Create(runner),
            AuditCommand.Create(runner),
            AdjudicateCommand.Create(runner),
            VaultCommand.Create(runner),
            BackupCommand.Create(runner),
            PeerCommand.Create(runner),
            GroupCommand.Create(runner),
            CompletionCommand.Create(runner),
        };
}
