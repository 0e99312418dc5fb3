using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using TemplateHost.Cognito.Model;
using TemplateHost.Cognito.Storage;
using TemplateHost.Kernel;

namespace TemplateHost.Cognito;

/// <summary>
/// The codes that confirm a user or reset a password: mailed, and redeemed in few attempts. Where the client hides who exists, a name
/// without a user, and a user for whom there is nothing to redeem, get the answer of one who gave a wrong code, and the same work is done.
/// </summary>
internal sealed class MailedCodes(HostContext host)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    /// <summary>Six digits.</summary>
    public OpenCode New() => new(host.Random.Text(6, "0123456789"), host.Time.GetUtcNow() + Lifetime);

    /// <summary>Gives a user a new code and mails it.</summary>
    /// <param name="isFor">Whether the user is one whom such a code is for.</param>
    /// <param name="otherwise">What the client hears of one whom it is not for, where it does not hide who exists.</param>
    /// <returns>CodeDeliveryDetails, of a mail that was sent or of one that looks like it.</returns>
    /// <exception cref="AwsException">LimitExceededException: too many for the name within the hour.</exception>
    public async Task<JsonObject> SendAsync(UserPool pool, UserPoolClient client, string username, Func<User, bool> isFor, string otherwise)
    {
        var (code, now) = (New(), host.Time.GetUtcNow());
        var (known, receiver) = await host.Store.WriteAsync<(User?, User?)>(session =>
        {
            if (AttemptTable.Read(session, pool, username, AttemptTable.Mails, now).Count >= Attempts.MostMails)
            {
                throw CognitoErrors.AttemptLimit();
            }

            AttemptTable.Count(session, pool, username, AttemptTable.Mails, now);
            var user = UserTable.Find(session, pool, username);
            if (user is null || !isFor(user) || !user.Attributes.ContainsKey("email"))
            {
                return (user, null);
            }

            var changed = user with { Code = code, ModifiedAt = now };
            UserTable.Put(session, pool, changed);
            return (user, changed);
        });
        return receiver is not null ? Mail(pool, receiver)
            : client.HidesUserExistence ? Delivery(Imagined(pool, username))
            : throw (known is null ? CognitoErrors.UserNotFound() : CognitoErrors.Invalid(otherwise));
    }

    /// <summary>Sends the user's open code to the mailbox.</summary>
    /// <returns>CodeDeliveryDetails.</returns>
    public JsonObject Mail(UserPool pool, User user)
    {
        var address =
            user.Attributes.GetValueOrDefault("email")
            ?? throw CognitoErrors.Invalid("Cannot deliver a code: there is no registered/verified email or phone_number");
        host.Mailbox.Deliver(new MailMessage(address, pool.EmailSubject, user.Code!.Value, host.Time.GetUtcNow()));
        return Delivery(address);
    }

    /// <summary>Changes the user who has the code, or counts a failure.</summary>
    /// <param name="kind">What the code is for, as the table of attempts has it.</param>
    /// <param name="refusalOf">What the client hears of a user for whom there is nothing to redeem; null for one who may.</param>
    /// <exception cref="AwsException">
    /// CodeMismatchException, ExpiredCodeException; LimitExceededException after five failures within the hour.
    /// </exception>
    public async Task RedeemAsync(
        UserPool pool,
        UserPoolClient client,
        string username,
        string kind,
        string code,
        Func<User, AwsException?> refusalOf,
        Func<User, User> change
    )
    {
        var now = host.Time.GetUtcNow();
        var refusal = await host.Store.WriteAsync(session =>
        {
            if (AttemptTable.Read(session, pool, username, kind, now).Count >= Attempts.MostCodes)
            {
                return CognitoErrors.AttemptLimit();
            }

            var user = UserTable.Find(session, pool, username);
            if (RefusalOf(client, user, code, refusalOf, now) is { } refused)
            {
                AttemptTable.Count(session, pool, username, kind, now);
                return refused;
            }

            UserTable.Put(session, pool, change(user!) with { Code = null, ModifiedAt = now });
            AttemptTable.Clear(session, pool, username, kind);
            return null;
        });
        if (refusal is not null)
        {
            throw refusal;
        }
    }

    private static AwsException? RefusalOf(
        UserPoolClient client,
        User? user,
        string code,
        Func<User, AwsException?> refusalOf,
        DateTimeOffset now
    )
    {
        var refused = user is null ? CognitoErrors.UserNotFound() : refusalOf(user);
        var open = Encoding.UTF8.GetBytes(user?.Code?.Value ?? "");
        var matches = CryptographicOperations.FixedTimeEquals(open, Encoding.UTF8.GetBytes(code));
        var isOld = user?.Code is null || user.Code.ExpiresAt <= now;
        return client.HidesUserExistence
            ? refused is not null || !matches
                ? CognitoErrors.WrongCode()
                : isOld
                    ? CognitoErrors.ExpiredCode()
                    : null
            : refused
                ?? (
                    isOld ? CognitoErrors.ExpiredCode()
                    : matches ? null
                    : CognitoErrors.WrongCode()
                );
    }

    private static JsonObject Delivery(string address) =>
        new()
        {
            ["Destination"] = $"{address[0]}***@{address[address.IndexOf('@', StringComparison.Ordinal) + 1]}***",
            ["DeliveryMedium"] = "EMAIL",
            ["AttributeName"] = "email",
        };

    /// <summary>An address that a name without a user always has.</summary>
    private static string Imagined(UserPool pool, string username)
    {
        if (username.IndexOf('@', StringComparison.Ordinal) is var at and > 0 && at < username.Length - 1)
        {
            return username;
        }

        var digest = HMACSHA256.HashData(Encoding.UTF8.GetBytes(pool.PrivateKey), Encoding.UTF8.GetBytes(pool.Normal(username)));
        return $"{(char)('a' + (digest[0] % 26))}@{(char)('a' + (digest[1] % 26))}";
    }
}
