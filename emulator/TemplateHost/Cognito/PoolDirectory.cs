using System.Text.Json.Nodes;
using TemplateHost.Cognito.Model;
using TemplateHost.Cognito.Storage;
using TemplateHost.Cognito.Tokens;
using TemplateHost.Gateway;
using TemplateHost.Kernel;

namespace TemplateHost.Cognito;

/// <summary>Finds what requests name: pools, clients, users, and the user behind an access token.</summary>
internal sealed class PoolDirectory(HostContext host, TokenSigner signer)
{
    private const int LargestPage = 60;
    private const string Invalid = "InvalidParameterException";

    /// <summary>Lists of pools and clients.</summary>
    public static Paging Pools { get; } = new("MaxResults", "NextToken", "NextToken", LargestPage, Invalid, Invalid);

    public static Paging Groups { get; } = new("Limit", "NextToken", "NextToken", LargestPage, Invalid, Invalid);

    public static Paging Users { get; } = new("Limit", "PaginationToken", "PaginationToken", LargestPage, Invalid, Invalid);

    public (UserPool Pool, UserPoolClient Client) Client(JsonObject input)
    {
        var id = Text(input, "ClientId");
        return host.Store.Read(session =>
        {
            var client = PoolTables.Client(session, id) ?? throw CognitoErrors.NoSuchClient(id);
            return (PoolTables.Pool(session, client.PoolId)!, client);
        });
    }

    /// <summary>The pool of an administrative request, if the caller may do that.</summary>
    public UserPool Demand(JsonCall call)
    {
        var id = Text(call.Input, "UserPoolId");
        host.Authorizer.Demand(call.Caller, call.Right, host.Arn("cognito-idp", $"userpool/{id}"));
        return host.Store.Read(session => PoolTables.Pool(session, id)) ?? throw CognitoErrors.NoSuchPool(id);
    }

    public User? FindUser(UserPool pool, string username) => host.Store.Read(session => UserTable.Find(session, pool, username));

    public User User(UserPool pool, JsonObject input) => FindUser(pool, Text(input, "Username")) ?? throw CognitoErrors.UserNotFound();

    /// <summary>Changes a user in one write.</summary>
    public Task<User> ChangeAsync(UserPool pool, string username, Func<User, User> change) =>
        host.Store.WriteAsync(session =>
        {
            var user = UserTable.Find(session, pool, username) ?? throw CognitoErrors.UserNotFound();
            var changed = change(user) with { ModifiedAt = host.Time.GetUtcNow() };
            UserTable.Put(session, pool, changed);
            return changed;
        });

    /// <summary>The user that an access token was issued to, while the sign-in goes on.</summary>
    public (UserPool Pool, User User) Bearer(JsonObject input)
    {
        var token = Text(input, "AccessToken");
        return host.Store.Read(session =>
        {
            foreach (var pool in PoolTables.Pools(session))
            {
                if (signer.Verify(pool, token) is { } claims)
                {
                    return (pool, BearerOf(session, pool, claims));
                }
            }

            throw CognitoErrors.NotAuthorized("Invalid Access Token");
        });
    }

    /// <summary>What is kept of a new password.</summary>
    /// <exception cref="AwsException">InvalidPasswordException: it is not what the pool's policy asks for.</exception>
    public PasswordVerifier Verifier(UserPool pool, string username, string password)
    {
        if (pool.Passwords.FaultOf(password) is { } fault)
        {
            throw CognitoErrors.BadPassword(fault);
        }

        var salt = new byte[16];
        host.Random.Fill(salt);
        return PasswordVerifier.Of(pool, username, password, salt);
    }

    /// <summary>A username of a request; at most 128 characters, none of them a space.</summary>
    public static string Username(JsonObject input, string name = "Username") =>
        Text(input, name) is { Length: <= 128 } username && !username.Any(char.IsWhiteSpace)
            ? username
            : throw CognitoErrors.Invalid(
                "1 validation error detected: Value at 'username' failed to satisfy constraint: "
                    + "Member must satisfy regular expression pattern: [\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+"
            );

    public static string Text(JsonObject input, string name) =>
        input[name] is JsonValue value && value.TryGetValue<string>(out var text) && text.Length > 0
            ? text
            : throw CognitoErrors.Invalid(
                $"1 validation error detected: Value at '{char.ToLowerInvariant(name[0]) + name[1..]}' failed to satisfy "
                    + "constraint: Member must not be null"
            );

    /// <exception cref="AwsException">InvalidParameterException: a member that the host does not serve; null is none.</exception>
    public static void RefuseOthers(JsonObject input, IReadOnlySet<string> served)
    {
        if (input.FirstOrDefault(member => member.Value is not null && !served.Contains(member.Key)).Key is { } unknown)
        {
            throw CognitoErrors.Invalid($"The member {unknown} is not honoured by the embedded host.");
        }
    }

    private User BearerOf(TemplateHost.Storage.StoreSession session, UserPool pool, JsonObject claims)
    {
        var expired = claims["exp"]!.GetValue<long>() <= host.Time.GetUtcNow().ToUnixTimeSeconds();
        if (expired || claims["token_use"]?.ToString() != "access")
        {
            throw CognitoErrors.NotAuthorized(expired ? "Access Token has expired" : "Invalid Access Token");
        }

        return
            UserTable.FindSignIn(session, claims["origin_jti"]!.ToString()) is { } signIn
            && UserTable.Find(session, pool, signIn.Username) is { } user
            ? user
            : throw CognitoErrors.NotAuthorized("Access Token has been revoked");
    }
}
