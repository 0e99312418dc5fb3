using FairShare.Cli.Output;
using FairShare.Cli.Sources;

namespace FairShare.Cli.Commands;

/// <summary>
/// Passwords and passphrases: from a file, from the environment, or asked for; never from the command line, where others can see it.
/// </summary>
internal sealed class Secrets(CommandContext context)
{
    private const int ShortestPassphrase = 8;

    /// <summary>The passphrase of the signing keys.</summary>
    /// <param name="isNew">Whether a key is about to be made: then it is asked for twice and must be long enough.</param>
    public string Passphrase(bool isNew)
    {
        var given = FromFile(context.Arguments.GetValue(GlobalOptions.PassphraseFile)) ?? context.Environment.Passphrase;
        var passphrase = RequireText(
            given ?? Ask("Passphrase of your signing keys", "passphrase", "--passphrase-file or FAIRSHARE_PASSPHRASE")
        );
        if (isNew && passphrase.Length < ShortestPassphrase)
        {
            throw new CommandException(
                ExitCode.Usage,
                "passphrase-too-short",
                $"A passphrase has at least {ShortestPassphrase} characters.",
                "Choose a longer one."
            );
        }

        return isNew && given is null ? Twice(passphrase, "passphrase") : passphrase;
    }

    private string Twice(string secret, string kind) =>
        secret == context.Terminal.AskSecret("The same once more:")
            ? secret
            : throw new CommandException(ExitCode.Usage, $"{kind}s-differ", $"The two {kind}s differ.", "Run the command again.");

    /// <summary>The account's password.</summary>
    /// <param name="file">The file that was named on the command line, or null.</param>
    public string Password(string? file) =>
        FromFile(file) ?? context.Environment.Password ?? Ask("Password", "password", "--password-file or FAIRSHARE_PASSWORD");

    /// <summary>A password that is about to be set; where it is asked for, it is asked for twice.</summary>
    /// <param name="file">The file that was named on the command line, or null.</param>
    public string NewPassword(string? file) =>
        FromFile(file)
        ?? context.Environment.NewPassword
        ?? Twice(Ask("New password", "new-password", "--new-password-file or FAIRSHARE_NEW_PASSWORD"), "password");

    /// <summary>The password of an account that is about to be made.</summary>
    /// <param name="file">The file that was named on the command line, or null.</param>
    public string FirstPassword(string? file) =>
        FromFile(file)
        ?? context.Environment.Password
        ?? Twice(Ask("Choose a password", "password", "--password-file or FAIRSHARE_PASSWORD"), "password");

    /// <summary>The password of an item in the vault.</summary>
    /// <param name="file">The file that was named on the command line, or null.</param>
    /// <param name="isNew">Whether the item is about to be stored: then it is asked for twice.</param>
    public string ItemPassword(string? file, bool isNew)
    {
        if ((FromFile(file) ?? context.Environment.ItemPassword) is { } given)
        {
            return RequireText(given);
        }

        var asked = RequireText(Ask("Password of the item", "password", "--password-file or FAIRSHARE_VAULT_PASSWORD"));
        return isNew ? Twice(asked, "password") : asked;
    }

    /// <summary>Another password for an item in the vault; where it is asked for, it is asked for twice.</summary>
    /// <param name="file">The file that was named on the command line, or null.</param>
    public string NewItemPassword(string? file) =>
        RequireText(
            FromFile(file)
                ?? context.Environment.NewItemPassword
                ?? Twice(Ask("New password of the item", "new-password", "--new-password-file or FAIRSHARE_NEW_VAULT_PASSWORD"), "password")
        );

    // Octets that are no UTF-8 have all become one symbol, and so different secrets the same one.
    private static string RequireText(string secret) =>
        secret.Contains('\uFFFD', StringComparison.Ordinal)
            ? throw new CommandException(
                ExitCode.Usage,
                "secret-not-text",
                "The secret is no text in UTF-8, or has the symbol U+FFFD, which stands for what is none.",
                "Give one that is; of random octets, their base64."
            )
            : secret;

    /// <summary>The code that the account's authenticator shows now; it holds for a minute, so it may stand on the command line.</summary>
    /// <param name="given">The one that was named there, or null.</param>
    public string Code(string? given) =>
        given ?? context.Environment.Code ?? Ask("Code of your authenticator", "code", "--code or FAIRSHARE_TOTP");

    private string Ask(string question, string code, string instead) =>
        context.Terminal.CanAsk
            ? context.Terminal.AskSecret(question + ":")
            : throw new CommandException(
                ExitCode.Usage,
                $"no-{code}",
                $"The {code} is needed, and nobody can be asked.",
                $"Give it by {instead}."
            );

    private static string? FromFile(string? path)
    {
        if (path is null)
        {
            return null;
        }

        using var reader = new StreamReader(Input.Open(path));
        return RequireText(reader.ReadLine() ?? "");
    }
}
