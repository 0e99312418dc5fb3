namespace TemplateHost.Cognito.Model;

/// <summary>A user of a pool. Written as JSON.</summary>
/// <param name="Username">As it was given.</param>
/// <param name="Sub">The user's UUID, never reused.</param>
internal sealed record User(
    string Username,
    string Sub,
    UserStatus Status,
    PasswordVerifier? Password,
    IReadOnlyDictionary<string, string> Attributes,
    DateTimeOffset CreatedAt
)
{
    public bool Enabled { get; init; } = true;

    public DateTimeOffset ModifiedAt { get; init; } = CreatedAt;

    /// <summary>The code that confirms the user or resets the password; null when none is open.</summary>
    public OpenCode? Code { get; init; }

    public IReadOnlyList<string> Groups { get; init; } = [];

    public MfaSettings Mfa { get; init; } = MfaSettings.None;
}

internal enum UserStatus
{
    Unconfirmed,
    Confirmed,
    ForceChangePassword,
}

internal static class UserStatuses
{
    public static string Text(this UserStatus status) =>
        status switch
        {
            UserStatus.Unconfirmed => "UNCONFIRMED",
            UserStatus.Confirmed => "CONFIRMED",
            _ => "FORCE_CHANGE_PASSWORD",
        };
}

internal sealed record OpenCode(string Value, DateTimeOffset ExpiresAt);

/// <summary>One sign-in: what a refresh token stands for.</summary>
/// <param name="Id">The <c>origin_jti</c> of all its tokens.</param>
internal sealed record SignIn(
    string Id,
    string PoolId,
    string ClientId,
    string Username,
    string RefreshHash,
    DateTimeOffset At,
    DateTimeOffset ExpiresAt
);
