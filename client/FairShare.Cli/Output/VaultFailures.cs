using FairShare.Client.Http;
using FairShare.Client.Vault;
using FairShare.Vault.Age;
using FairShare.Vault.Archive;
using FairShare.Vault.Compression;

namespace FairShare.Cli.Output;

/// <summary>Failures of the vault's commands.</summary>
internal static class VaultFailures
{
    /// <summary>The failure that an exception is; null where it is none of the vault.</summary>
    public static Failure? Of(Exception exception) =>
        exception switch
        {
            VaultProblem problem => new(ExitOf(problem), problem.Code, problem.Message, NextAfter(problem)),
            AgeException or PayloadException { Code: "vault-payload-malformed" } => NotGenuine((Core.Errors.ProtocolException)exception),
            PayloadException problem => new(
                ExitCode.LocalFile,
                problem.Code,
                problem.Message,
                "Nothing of it is kept. Make room, or give a higher --max-size if so much is meant."
            ),
            ArchiveException problem => OfArchive(problem),
            FairShareProblem { Code: ['v', 'a', 'u', 'l', 't', '-', ..] } problem => new(
                problem.Code == "vault-digest" ? ExitCode.NotVerified : ExitCode.Refused,
                problem.Code,
                problem.Detail,
                NextAfter(problem.Code)
            ),
            _ => null,
        };

    private static int ExitOf(VaultProblem problem) =>
        problem.Code switch
        {
            VaultProblem.WrongPassphrase => ExitCode.NoKey,
            VaultProblem.NotInCatalogue or VaultProblem.Ambiguous => ExitCode.Usage,
            VaultProblem.OtherObject => ExitCode.NotVerified,
            _ => ExitCode.LocalFile,
        };

    private static string NextAfter(VaultProblem problem) =>
        problem.Code switch
        {
            VaultProblem.WrongPassphrase =>
                "Give the passphrase that your signing keys have, or the one that you chose with the first vault put.",
            VaultProblem.NotInCatalogue => "See fairshare vault list.",
            VaultProblem.Ambiguous => "Give the code of one of them: fairshare vault find shows them.",
            VaultProblem.CatalogueUnwritable => "Give another folder with --home, or make this one yours to write.",
            VaultProblem.CatalogueDamaged => "Nothing was changed. Restore it from a copy, or move it away and begin another.",
            VaultProblem.TooLarge => "Give --max-size a higher limit if so much is meant.",
            VaultProblem.Busy => "Wait for it.",
            VaultProblem.TargetUnwritable => "Nothing was opened. Name another place.",
            VaultProblem.InTheWay => "Nothing was opened. Move it away, or name another place.",
            _ => "Nothing of it is kept. Ask who stored it to store it again.",
        };

    private static Failure NotGenuine(Core.Errors.ProtocolException problem) =>
        new(ExitCode.NotVerified, problem.Code, problem.Message, "Nothing of it is kept. Ask who stored it to store it again.");

    private static Failure OfArchive(ArchiveException problem)
    {
        // The name of the file or the entry is put before it, as that of every refused value.
        var message = problem.Message;
        return problem.Fault switch
        {
            ArchiveFault.Source => new(
                ExitCode.LocalFile,
                problem.Code,
                message,
                "Nothing can be opened of it. Correct it and run the command again."
            ),
            ArchiveFault.TargetExists => new(ExitCode.LocalFile, problem.Code, message, "Move it away, or give another folder with --out."),
            ArchiveFault.NoSpace or ArchiveFault.Target => new(
                ExitCode.LocalFile,
                problem.Code,
                message,
                "Nothing of it is kept. Make room, or give another folder with --out."
            ),
            _ => new(ExitCode.NotVerified, problem.Code, message, "Nothing of it is kept or stored."),
        };
    }

    private static string NextAfter(string code) =>
        code switch
        {
            "vault-wrong-password" => "Compare code and password. After ten wrong ones, one an hour is compared.",
            "vault-locked" => "Wait until then, or ask its owner to run fairshare vault limits --unlock.",
            "vault-item-not-found" => "Compare the code, and the service that it is of.",
            "vault-item-gone" => "Ask who stored it to store it again.",
            "vault-quota" => "See fairshare vault list; erase with fairshare vault delete.",
            "vault-accounts-only" => "Run fairshare login, and leave --anonymous out.",
            _ => "Run the command again; docs/problems.md says what the code means.",
        };
}
