using System.CommandLine;

namespace FairShare.Cli.Commands.Vault;

/// <summary>Options that several commands of the vault have.</summary>
internal static class VaultOptions
{
    public static Option<string?> PasswordFile { get; } =
        new("--password-file")
        {
            Description = "A file whose first line is the item's password (default: $FAIRSHARE_VAULT_PASSWORD, else asked for).",
            HelpName = "FILE",
        };

    public static Option<string?> Expires { get; } =
        new("--expires")
        {
            Description = "How long it lives, 1 second to 365 days: 90s, 30m, 12h, 7d or 2w (default: 7d).",
            HelpName = "TIME",
        };

    public static Option<int?> Opens { get; } =
        new("--opens") { Description = "How often it may be opened, 1 to 1000 (default: as often as somebody asks).", HelpName = "N" };

    public static Argument<string> Code { get; } =
        new("code") { Description = "The code, the link, or the 48 digits; - reads it from standard input." };

    public static Option<bool> NoPassword { get; } =
        new("--no-password") { Description = "The 48 digits are of an item without a password." };

    public static Option<bool> Qr { get; } = new("--qr") { Description = "Show the link as a QR code too." };
}
