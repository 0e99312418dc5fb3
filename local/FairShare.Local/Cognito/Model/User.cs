namespace FairShare.Local.Cognito.Model;

/// <summary>A user of a pool. Written as JSON.</summary>
/// <param name="Username">As it was given.</param>
/// <param name="Sub">The user's UUID, never reused.</param>
internal sealed record User(string Username, string Sub, UserStatus Status, PasswordHash? Password, IReadOnlyDictionary<string, string> Attributes, DateTimeOffset CreatedAt)
{
    public bool Enabled { get; init; } = true;

    public DateTimeOffset ModifiedAt { get; init; } = CreatedAt;

    /// <summary>The code that confirms the user or resets the password; null when none is open.</summary>
    public OpenCode? Code { get; init; }

    public IReadOnlyList<string> Groups { get; init; } = [];
}

internal enum UserStatus
{
    Unconfirmed,
    Confirmed,
    ForceChangePassword,
}

internal static class UserStatuses
{
    public static string Text(this UserStatus status) => status switch
    {
        UserStatus.Unconfirmed => "UNCONFIRMED",
        UserStatus.Confirmed => "CONFIRMED",
        _ => "FORCE_CHANGE_PASSWORD",
    };
}

internal sealed record OpenCode(string Value, DateTimeOffset ExpiresAt);

/// <summary>A password as PBKDF2 keeps it; both parts in base64.</summary>
internal sealed record PasswordHash(string Salt, string Value)
{
    private const int Iterations = 100_000;

    /// <summary>Raised for each derivation of a key, the costly part of a login: whoever counts them need not measure time.</summary>
    public static event Action<string>? Derived;

    /// <summary>No password is this one; to compare with it takes as long as with any.</summary>
    public static PasswordHash OfNobody { get; } = new(Convert.ToBase64String(new byte[16]), Convert.ToBase64String(new byte[32]));

    public static PasswordHash Of(string password, byte[] salt) => new(Convert.ToBase64String(salt), Derive(password, salt));

    public bool Matches(string password) => System.Security.Cryptography.CryptographicOperations.FixedTimeEquals(
        Convert.FromBase64String(Value), Convert.FromBase64String(Derive(password, Convert.FromBase64String(Salt))));

    private static string Derive(string password, byte[] salt)
    {
        Derived?.Invoke(password);
        return Convert.ToBase64String(System.Security.Cryptography.Rfc2898DeriveBytes.Pbkdf2(
            password, salt, Iterations, System.Security.Cryptography.HashAlgorithmName.SHA256, 32));
    }
}

/// <summary>One sign-in: what a refresh token stands for.</summary>
/// <param name="Id">The <c>origin_jti</c> of all its tokens.</param>
internal sealed record SignIn(string Id, string PoolId, string ClientId, string Username, string RefreshHash, DateTimeOffset At, DateTimeOffset ExpiresAt);
