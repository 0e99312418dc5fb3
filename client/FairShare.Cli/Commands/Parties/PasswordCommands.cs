using System.CommandLine;
using System.Text.Json.Nodes;
using FairShare.Cli.Output;

namespace FairShare.Cli.Commands.Parties;

/// <summary><c>logout</c>, <c>password</c>, <c>recover</c> and <c>resend</c>.</summary>
internal static class PasswordCommands
{
    private static readonly Option<string?> NewPasswordFile = new("--new-password-file")
    {
        Description = "A file whose first line is the new password (default: $FAIRSHARE_NEW_PASSWORD, else asked for twice).",
        HelpName = "FILE",
    };

    public static Command LogOut(CommandRunner runner) =>
        runner.Attach(
            new Command("logout", "End the session, here and at the user pool; keys and evidence stay."),
            async (context, cancellationToken) =>
            {
                var settings = context.RequireSettings();
                if (context.Profile.Session is not { } session)
                {
                    return Ended(settings.Email, changed: false, "You were not logged in.");
                }

                // Forgotten here first: whatever the way there does, nobody finds the session on this machine.
                context.Profile.Session = null;
                var identity = await context.IdentityAsync(settings.Service, cancellationToken);
                await identity.RevokeAsync(session.RefreshToken, cancellationToken);
                return Ended(settings.Email, changed: true, $"Logged {settings.Email} out.");
            }
        );

    public static Command Password(CommandRunner runner) =>
        runner.Attach(
            new Command("password", "Change the account's password.") { AccountCommands.PasswordFile, NewPasswordFile },
            async (context, cancellationToken) =>
            {
                var settings = context.RequireSettings();
                var (identity, token) = await context.OwnIdentityAsync(cancellationToken);
                var old = context.Secrets.Password(context.Arguments.GetValue(AccountCommands.PasswordFile));
                var wanted = context.Secrets.NewPassword(context.Arguments.GetValue(NewPasswordFile));
                await identity.ChangePasswordAsync(token, old, wanted, cancellationToken);
                return Changed(settings.Email);
            }
        );

    public static Command Recover(CommandRunner runner)
    {
        var code = new Argument<string?>("code")
        {
            Description = "The code that was mailed; without it one is mailed.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        return runner.Attach(
            new Command("recover", "Set a new password with a mailed code.")
            {
                code,
                AccountCommands.Email,
                AccountCommands.Service,
                NewPasswordFile,
            },
            async (context, cancellationToken) =>
            {
                var (email, service) = (AccountCommands.EmailOf(context), AccountCommands.ServiceOf(context));
                var identity = await context.IdentityAsync(service, cancellationToken);
                if (context.Arguments.GetValue(code) is not { } given)
                {
                    await identity.ForgotPasswordAsync(email, cancellationToken);
                    return Sent(email, $"Next: fairshare recover CODE --email {email}");
                }

                var wanted = context.Secrets.NewPassword(context.Arguments.GetValue(NewPasswordFile));
                await identity.ConfirmForgotPasswordAsync(email, given, wanted, cancellationToken);
                return Changed(email);
            }
        );
    }

    public static Command Resend(CommandRunner runner) =>
        runner.Attach(
            new Command("resend", "Have the code of the sign-up mailed again.") { AccountCommands.Email, AccountCommands.Service },
            async (context, cancellationToken) =>
            {
                var (email, service) = (AccountCommands.EmailOf(context), AccountCommands.ServiceOf(context));
                var identity = await context.IdentityAsync(service, cancellationToken);
                await identity.ResendAsync(email, cancellationToken);
                return Sent(email, $"Next: fairshare confirm CODE --email {email}");
            }
        );

    private static CommandResult Ended(string email, bool changed, string line) =>
        new(new JsonObject { ["email"] = email, ["changed"] = changed }, [line]);

    private static CommandResult Changed(string email) =>
        new(new JsonObject { ["email"] = email, ["changed"] = true }, [$"The password of {email} is changed. Next: fairshare login --email {email}"]);

    private static CommandResult Sent(string email, string next) =>
        new(new JsonObject { ["email"] = email, ["sent"] = true }, [$"If {email} has an account, a code was sent to it. {next}"]);
}
