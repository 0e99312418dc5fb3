using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using TemplateHost.Cognito.Model;
using TemplateHost.Cognito.Storage;
using TemplateHost.Kernel;

namespace TemplateHost.Cognito.Tokens;

/// <summary>Issues the tokens of a sign-in: access and id tokens, and the refresh token that gets new ones.</summary>
internal sealed class TokenIssuer(HostContext host, TokenSigner signer)
{
    private const string SignedInScope = "aws.cognito.signin.user.admin";

    /// <summary>Signs a user in.</summary>
    /// <returns>An AuthenticationResult.</returns>
    public async Task<JsonObject> SignInAsync(UserPool pool, UserPoolClient client, User user)
    {
        var octets = new byte[64];
        host.Random.Fill(octets);
        var refresh = Base64Url.EncodeToString(octets);
        var now = host.Time.GetUtcNow();
        var signIn = new SignIn(
            host.Random.Uuid(),
            pool.Id,
            client.Id,
            user.Username,
            HashOf(refresh),
            now,
            now + client.RefreshTokenValidity
        );
        await host.Store.WriteAsync(session =>
        {
            UserTable.Put(session, pool, signIn);
            return true;
        });
        var result = Issue(pool, client, user, signIn);
        result["RefreshToken"] = refresh;
        return result;
    }

    /// <summary>New access and id tokens for a sign-in that goes on.</summary>
    public JsonObject Issue(UserPool pool, UserPoolClient client, User user, SignIn signIn) =>
        new()
        {
            ["AccessToken"] = signer.Sign(pool, AccessClaims(pool, client, user, signIn)),
            ["ExpiresIn"] = (int)client.AccessTokenValidity.TotalSeconds,
            ["TokenType"] = "Bearer",
            ["IdToken"] = signer.Sign(pool, IdClaims(pool, client, user, signIn)),
        };

    public static string HashOf(string refreshToken) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(refreshToken)));

    private JsonObject AccessClaims(UserPool pool, UserPoolClient client, User user, SignIn signIn)
    {
        var claims = Common(pool, user, signIn, "access", client.AccessTokenValidity);
        claims["client_id"] = client.Id;
        claims["scope"] = SignedInScope;
        claims["username"] = user.Username;
        return claims;
    }

    private JsonObject IdClaims(UserPool pool, UserPoolClient client, User user, SignIn signIn)
    {
        var claims = Common(pool, user, signIn, "id", client.IdTokenValidity);
        claims["aud"] = client.Id;
        claims["cognito:username"] = user.Username;
        // A claim that the pool makes is the pool's, whatever a user wrote.
        var own = user.Attributes.Where(attribute => UserAttributes.IsClaim(attribute.Key) && !claims.ContainsKey(attribute.Key));
        foreach (var (name, value) in own)
        {
            claims[name] = name.EndsWith("_verified", StringComparison.Ordinal) ? value == "true" : value;
        }

        return claims;
    }

    private JsonObject Common(UserPool pool, User user, SignIn signIn, string use, TimeSpan validity)
    {
        var now = host.Time.GetUtcNow().ToUnixTimeSeconds();
        var claims = new JsonObject
        {
            ["sub"] = user.Sub,
            ["iss"] = TokenVerifier.IssuerOf(host, pool.Id),
            ["origin_jti"] = signIn.Id,
            ["event_id"] = host.Random.Uuid(),
            ["token_use"] = use,
            ["auth_time"] = signIn.At.ToUnixTimeSeconds(),
            ["exp"] = now + (long)validity.TotalSeconds,
            ["iat"] = now,
            ["jti"] = host.Random.Uuid(),
        };
        if (user.Groups.Count > 0)
        {
            claims["cognito:groups"] = new JsonArray([.. user.Groups.Select(group => (JsonNode)group)]);
        }

        return claims;
    }
}
