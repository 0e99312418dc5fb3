using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using TemplateHost.Kernel;

namespace TemplateHost.Identity;

/// <summary>
/// Credentials of role sessions. The session token says which role, session and expiry it stands for, authenticated under the host's
/// secret;
/// the secret key follows from the token. So nothing is stored for a session, and all of them outlive a restart.
/// </summary>
internal sealed class RoleSessions(RoleDirectory roles, HostSecret secret, TimeProvider time, IRandomSource random, string accountId)
    : IRoleSessions
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);

    // The same object for the same text, so that its statements are parsed once.
    private readonly ConcurrentDictionary<string, JsonObject> sessionPolicies = new(StringComparer.Ordinal);

    public SessionCredentials Assume(string roleArn, string sessionName) => Assume(roleArn, sessionName, Lifetime, []);

    /// <param name="policies">What the session is limited to; none for all that its role may.</param>
    public SessionCredentials Assume(string roleArn, string sessionName, TimeSpan lifetime, IReadOnlyList<JsonObject> policies)
    {
        var role = RoleOf(roleArn);
        var accessKey = "ASIA" + random.Base32(16);
        var expiration = time.GetUtcNow() + lifetime;
        var claims = string.Join(
            '\n',
            [
                accessKey,
                role.Name,
                role.UniqueId,
                sessionName,
                expiration.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
                .. policies.Select(policy => policy.ToJsonString()),
            ]
        );
        var body = Convert.ToBase64String(Encoding.UTF8.GetBytes(claims));
        var token = $"{body}.{Convert.ToBase64String(Mac("token", body))}";
        return new SessionCredentials(accessKey, SecretOf(token), token, expiration);
    }

    public Caller CallerFor(string roleArn, string sessionName)
    {
        var role = RoleOf(roleArn);
        return CallerOf(role, sessionName);
    }

    /// <summary>The session that a token stands for; null when the host did not issue it or its role is gone.</summary>
    public VerifiedSession? Verify(string accessKeyId, string token)
    {
        var parts = token.Split('.');
        var presented = new byte[32];
        if (
            parts.Length != 2
            || !Convert.TryFromBase64String(parts[1], presented, out var written)
            || written != 32
            || !CryptographicOperations.FixedTimeEquals(presented, Mac("token", parts[0]))
        )
        {
            return null;
        }

        var claims = Encoding.UTF8.GetString(Convert.FromBase64String(parts[0])).Split('\n');
        return claims[0] == accessKeyId && roles.Find(claims[1]) is { } role && role.UniqueId == claims[2]
            ? new VerifiedSession(
                CallerOf(role, claims[3]) with
                {
                    SessionPolicies =
                        claims.Length > 5 ? [.. claims.Skip(5).Select(policy => sessionPolicies.GetOrAdd(policy, Parse))] : null,
                },
                SecretOf(token),
                DateTimeOffset.FromUnixTimeSeconds(long.Parse(claims[4], CultureInfo.InvariantCulture))
            )
            : null;
    }

    private static JsonObject Parse(string policy) => (JsonObject)JsonNode.Parse(policy)!;

    private Role RoleOf(string roleArn) =>
        roles.Find(roleArn[(roleArn.LastIndexOf('/') + 1)..])
        ?? throw new AwsException("NoSuchEntity", $"The role {roleArn} cannot be found.", 404);

    private Caller CallerOf(Role role, string sessionName) =>
        new(
            CallerKind.Role,
            $"arn:aws:sts::{accountId}:assumed-role/{role.Name}/{sessionName}",
            role.Name,
            $"{role.UniqueId}:{sessionName}"
        );

    private string SecretOf(string token) => Convert.ToBase64String(Mac("secret", token)[..30]);

    private byte[] Mac(string purpose, string text) => HMACSHA256.HashData(secret.Value, Encoding.UTF8.GetBytes($"{purpose}\n{text}"));
}

/// <summary>A role session whose token the host issued; its signature is still to be checked with the secret.</summary>
internal sealed record VerifiedSession(Caller Caller, string SecretAccessKey, DateTimeOffset Expiration);
