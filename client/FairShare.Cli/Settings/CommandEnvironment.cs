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
    public string Home =>
        read("FAIRSHARE_HOME") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".fairshare");

    /// <summary><c>FAIRSHARE_URL</c>: the service's address, where none is given.</summary>
    public string? Service => read("FAIRSHARE_URL");

    /// <summary><c>FAIRSHARE_PASSWORD</c>: the account's password.</summary>
    public string? Password => read("FAIRSHARE_PASSWORD");

    /// <summary><c>FAIRSHARE_TOTP</c>: the code that the account's authenticator shows.</summary>
    public string? Code => read("FAIRSHARE_TOTP");

    /// <summary><c>FAIRSHARE_PASSPHRASE</c>: what signing keys are encrypted with.</summary>
    public string? Passphrase => read("FAIRSHARE_PASSPHRASE");

    /// <summary><c>FAIRSHARE_TRACE</c>: whether defects are shown in full.</summary>
    public bool Trace => read("FAIRSHARE_TRACE") is "1";
}
