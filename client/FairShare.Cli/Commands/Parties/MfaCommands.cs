using System.CommandLine;
using System.Text.Json.Nodes;
using FairShare.Cli.Output;

namespace FairShare.Cli.Commands.Parties;

/// <summary><c>mfa enable</c> and <c>mfa disable</c>: an authenticator app beside the password.</summary>
internal static class MfaCommands
{
    public static Command Create(CommandRunner runner) =>
        new("mfa", "An authenticator app as second factor of your logins.") { Enable(runner), Disable(runner) };

    private static Command Enable(CommandRunner runner)
    {
        var code = new Option<string?>("--code")
        {
            Description = "A first code of the secret that was shown before (default: a new secret is shown, and its code asked for).",
            HelpName = "CODE",
        };
        var command = new Command("enable", "Have each login ask for a code.") { code };
        return runner.Attach(
            command,
            async (context, cancellationToken) =>
            {
                var settings = context.RequireSettings();
                var (identity, token) = await context.OwnIdentityAsync(cancellationToken);
                var given = context.Arguments.GetValue(code);
                if (given is null)
                {
                    var secret = await identity.AssociateAuthenticatorAsync(token, cancellationToken);
                    if (!context.Terminal.CanAsk)
                    {
                        return Shown(secret, AddressOf(secret, settings.Email));
                    }

                    await context.Terminal.Error.WriteLineAsync(
                        TerminalText.OfLines($"Secret {secret}\n{AddressOf(secret, settings.Email)}")
                    );
                    given = context.Terminal.AskSecret("The code that the authenticator shows for it:");
                }

                await identity.EnableAuthenticatorAsync(token, given, cancellationToken);
                return new CommandResult(
                    new JsonObject { ["email"] = settings.Email, ["enabled"] = true },
                    [$"From now on each login of {settings.Email} asks for a code."]
                );
            }
        );
    }

    private static Command Disable(CommandRunner runner) =>
        runner.Attach(
            new Command("disable", "Have logins ask for no code any more."),
            async (context, cancellationToken) =>
            {
                var settings = context.RequireSettings();
                var (identity, token) = await context.OwnIdentityAsync(cancellationToken);
                // The user pool would take it, and say nothing.
                if (!await identity.HasAuthenticatorAsync(token, cancellationToken))
                {
                    return Disabled(settings.Email, changed: false, $"{settings.Email} has no second factor; nothing was changed.");
                }

                await identity.DisableAuthenticatorAsync(token, cancellationToken);
                return Disabled(settings.Email, changed: true, $"Logins of {settings.Email} ask for no code any more.");
            }
        );

    private static CommandResult Disabled(string email, bool changed, string line) =>
        new(
            new JsonObject
            {
                ["email"] = email,
                ["enabled"] = false,
                ["changed"] = changed,
            },
            [line]
        );

    private static CommandResult Shown(string secret, string address) =>
        new(
            new JsonObject
            {
                ["secret"] = secret,
                ["uri"] = address,
                ["enabled"] = false,
            },
            [$"Secret {secret}", address, "Give it to the authenticator. Next: fairshare mfa enable --code CODE"]
        );

    // What QR codes of authenticators hold: the key URI format.
    private static string AddressOf(string secret, string email) =>
        $"otpauth://totp/FairShare:{Uri.EscapeDataString(email)}?secret={secret}&issuer=FairShare&algorithm=SHA1&digits=6&period=30";
}
