using TemplateHost.Cognito.Model;
using TemplateHost.Cognito.Storage;
using TemplateHost.Kernel;

namespace TemplateHost.Cognito;

/// <summary>Judges passwords, given whole or proved by SRP, and locks a name after wrong ones, whether or not a user has it.</summary>
internal sealed class PasswordAttempts(HostContext host)
{
    /// <summary>Does the same work for a name without a user, and locks it alike.</summary>
    /// <param name="matches">Whether the password is the user's; asked for once, and not at all while the name is locked.</param>
    /// <exception cref="AwsException">NotAuthorizedException: the name is locked, or the password wrong.</exception>
    public async Task DemandAsync(UserPool pool, string username, Func<bool> matches)
    {
        var refusal = host.Store.Read(session =>
            Locked(AttemptTable.Read(session, pool, username, AttemptTable.Passwords, host.Time.GetUtcNow()))
        );
        if (refusal is null)
        {
            var right = matches();
            // Judged one after the other: of many that were tried at once, those after the fifth tell nothing.
            refusal = await host.Store.WriteAsync(session =>
            {
                var now = host.Time.GetUtcNow();
                var attempts = AttemptTable.Read(session, pool, username, AttemptTable.Passwords, now);
                if (Locked(attempts) is { } locked)
                {
                    return locked;
                }

                if (!right)
                {
                    AttemptTable.Count(session, pool, username, AttemptTable.Passwords, now);
                    return CognitoErrors.WrongPassword();
                }

                AttemptTable.Clear(session, pool, username, AttemptTable.Passwords);
                return null;
            });
        }

        if (refusal is not null)
        {
            throw refusal;
        }
    }

    private AwsException? Locked(Attempts attempts) =>
        attempts.LockedUntil > host.Time.GetUtcNow() ? CognitoErrors.NotAuthorized("Password attempts exceeded") : null;
}
