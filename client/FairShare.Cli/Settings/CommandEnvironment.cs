using FairShare.Cli.Output;

namespace FairShare.Cli.Settings;

/// <summary>The environment variables that the command knows; the only place that reads them.</summary>
/// <param name="read">Reads one; null when it is not set.</param>
internal sealed class CommandEnvironment(Func<string, string?> read)
{
    /// <summary>The process's own.</summary>
#pragma warning disable RS0030 // This is the program's settings reader.
    public static CommandEnvironment OfProcess { get; } = new(Environment.GetEnvironmentVariable);
#pragma warning restore RS0030

    /// <summary><c>FAIRSHARE_HOME</c>: the profile's folder; default <c>~/.fairshare</c>.</summary>
    /// <exception cref="CommandException">Neither says where, or only relative to wherever the command happens to run.</exception>
    public string Home =>
        read("FAIRSHARE_HOME") switch
        {
            { } garbled when garbled.Contains('\uFFFD', StringComparison.Ordinal) => throw NoHome(
                $"FAIRSHARE_HOME is not UTF-8: '{garbled}'."
            ),
            { } given when Path.IsPathFullyQualified(given) => given,
            "" => throw NoHome("FAIRSHARE_HOME is empty."),
            { } relative => throw NoHome($"FAIRSHARE_HOME is relative to wherever the command runs: '{relative}'."),
            null => Path.Combine(
                UserFolder ?? throw NoHome(read("HOME") is { } home ? $"HOME names no folder: '{home}'." : "HOME is not set."),
                ".fairshare"
            ),
        };

    /// <summary><c>HOME</c>, or what Windows has for it: the user's folder; null where there is none.</summary>
    // The system's list of users is not asked: whoever unset HOME did not mean the folder that it names.
    public string? UserFolder =>
        (OperatingSystem.IsWindows() ? Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) : read("HOME")) is { } folder
        && Path.IsPathFullyQualified(folder)
        && Directory.Exists(folder)
            ? folder
            : null;

    /// <summary><c>FAIRSHARE_URL</c>: the service's address, where none is given.</summary>
    public string? Service => read("FAIRSHARE_URL");

    /// <summary><c>FAIRSHARE_PASSWORD</c>: the account's password.</summary>
    public string? Password => read("FAIRSHARE_PASSWORD");

    /// <summary><c>FAIRSHARE_NEW_PASSWORD</c>: a password that is about to be set.</summary>
    public string? NewPassword => read("FAIRSHARE_NEW_PASSWORD");

    /// <summary><c>FAIRSHARE_VAULT_PASSWORD</c>: the password of an item in the vault; not the account's.</summary>
    public string? ItemPassword => read("FAIRSHARE_VAULT_PASSWORD");

    /// <summary><c>FAIRSHARE_NEW_VAULT_PASSWORD</c>: another password, which an item is about to get.</summary>
    public string? NewItemPassword => read("FAIRSHARE_NEW_VAULT_PASSWORD");

    /// <summary><c>FAIRSHARE_TOTP</c>: the code that the account's authenticator shows.</summary>
    public string? Code => read("FAIRSHARE_TOTP");

    /// <summary><c>FAIRSHARE_PASSPHRASE</c>: what signing keys are encrypted with.</summary>
    public string? Passphrase => read("FAIRSHARE_PASSPHRASE");

    /// <summary><c>FAIRSHARE_TRACE</c>: whether defects are shown in full.</summary>
    public bool Trace => read("FAIRSHARE_TRACE") is "1";

    private static CommandException NoHome(string message) =>
        new(ExitCode.Usage, "no-home", message, "Say where your profile is with --home DIR, or set HOME to your home folder.");
}
