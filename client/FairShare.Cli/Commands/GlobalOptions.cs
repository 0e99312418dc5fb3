using System.CommandLine;

namespace FairShare.Cli.Commands;

/// <summary>Options that every command has.</summary>
internal static class GlobalOptions
{
    public static Option<bool> Json { get; } = new("--json") { Description = "Answer with one JSON object a line.", Recursive = true };

    public static Option<string?> Home { get; } =
        new("--home")
        {
            Description = "The profile's folder (default: $FAIRSHARE_HOME, else ~/.fairshare).",
            Recursive = true,
            HelpName = "DIR",
        };

    public static Option<string?> PassphraseFile { get; } =
        new("--passphrase-file")
        {
            Description = "A file whose first line is the passphrase of the signing keys (default: $FAIRSHARE_PASSPHRASE, else asked for).",
            Recursive = true,
            HelpName = "FILE",
        };

    public static Option<int> Timeout { get; } =
        new("--timeout")
        {
            Description = "Seconds that a call may take until the service counts as unreachable; 1 to 3600.",
            Recursive = true,
            HelpName = "SECONDS",
            DefaultValueFactory = _ => 60,
        };
}
