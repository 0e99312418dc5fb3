using System.Globalization;
using System.Text.Json.Nodes;

namespace TemplateHost.Cognito.Model;

/// <summary>A user pool. Written as JSON.</summary>
/// <param name="Id">For example <c>us-east-1_a1B2c3D4e</c>.</param>
/// <param name="PrivateKey">The RSA key that signs its tokens, PKCS#8 in base64.</param>
/// <param name="RequiredAttributes">What a user must give when signing up.</param>
/// <param name="VerifiesEmail">Whether a code is sent that confirms the user.</param>
internal sealed record UserPool(
    string Id,
    string Name,
    string PrivateKey,
    PasswordPolicy Passwords,
    IReadOnlyList<string> RequiredAttributes,
    bool CaseSensitive,
    bool SelfSignUp,
    bool VerifiesEmail,
    string EmailSubject
)
{
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>The attributes of its own that its users have, each beginning with <c>custom:</c>.</summary>
    public IReadOnlyList<string> CustomAttributes { get; init; } = [];

    /// <summary>Whether users may have authenticators (MfaConfiguration OPTIONAL); else none is asked for.</summary>
    public bool SoftwareTokens { get; init; }

    /// <summary>Whether neither the API nor a stack may delete it (DeletionProtection ACTIVE).</summary>
    public bool IsProtected { get; init; }

    /// <summary>The id after the underscore, which SRP hashes.</summary>
    public string ShortName => Id[(Id.IndexOf('_', StringComparison.Ordinal) + 1)..];

    /// <summary>The username as it is compared.</summary>
    public string Normal(string username) => CaseSensitive ? username : username.ToLowerInvariant();
}

/// <summary>What a password must have; Cognito's own defaults ask for all.</summary>
internal sealed record PasswordPolicy(int MinimumLength, bool Lowercase, bool Uppercase, bool Numbers, bool Symbols)
{
    private const string SymbolCharacters = "^$*.[]{}()?\"!@#%&/\\,><':;|_~`=+- ";

    /// <summary>Reads a PasswordPolicy; what it does not say is Cognito's default.</summary>
    public static PasswordPolicy Of(JsonObject policy) =>
        new(
            policy["MinimumLength"] is { } length ? int.Parse(length.ToString(), CultureInfo.InvariantCulture) : 8,
            Demands(policy["RequireLowercase"]),
            Demands(policy["RequireUppercase"]),
            Demands(policy["RequireNumbers"]),
            Demands(policy["RequireSymbols"])
        );

    public JsonObject Describe() =>
        new()
        {
            ["MinimumLength"] = MinimumLength,
            ["RequireLowercase"] = Lowercase,
            ["RequireUppercase"] = Uppercase,
            ["RequireNumbers"] = Numbers,
            ["RequireSymbols"] = Symbols,
            ["TemporaryPasswordValidityDays"] = 7,
        };

    /// <summary>What the password lacks, in Cognito's words; null when it conforms.</summary>
    public string? FaultOf(string password)
    {
        var lack =
            password.Length < MinimumLength ? "Password not long enough"
            : Lowercase && !password.Any(char.IsAsciiLetterLower) ? "Password must have lowercase characters"
            : Uppercase && !password.Any(char.IsAsciiLetterUpper) ? "Password must have uppercase characters"
            : Numbers && !password.Any(char.IsAsciiDigit) ? "Password must have numeric characters"
            : Symbols && !password.Any(SymbolCharacters.Contains) ? "Password must have symbol characters"
            : null;
        return lack is null ? null : $"Password did not conform with policy: {lack}";
    }

    // Templates write true as text, too.
    private static bool Demands(JsonNode? node) => node?.ToString() is null or "true" or "True";
}

/// <summary>An application that signs users in. Written as JSON.</summary>
/// <param name="Flows">For example <c>ALLOW_USER_PASSWORD_AUTH</c>.</param>
internal sealed record UserPoolClient(
    string Id,
    string PoolId,
    string Name,
    IReadOnlyList<string> Flows,
    TimeSpan AccessTokenValidity,
    TimeSpan IdTokenValidity,
    TimeSpan RefreshTokenValidity,
    bool HidesUserExistence
)
{
    /// <summary>The attributes that users may write through this client; null for all that a user may write.</summary>
    public IReadOnlyList<string>? WriteAttributes { get; init; }

    /// <summary>What a client may do that names no flows.</summary>
    private static readonly IReadOnlyList<string> DefaultFlows = ["ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_SRP_AUTH", "ALLOW_CUSTOM_AUTH"];

    public bool Allows(string flow) => (Flows.Count == 0 ? DefaultFlows : Flows).Contains(flow);

    /// <summary>How long a token holds, by its number and unit.</summary>
    public static TimeSpan Validity(JsonNode? value, JsonNode? unit, TimeSpan otherwise, string otherwiseUnit)
    {
        if (value is null)
        {
            return otherwise;
        }

        var amount = double.Parse(value.ToString(), CultureInfo.InvariantCulture);
        return (unit?.ToString() ?? otherwiseUnit) switch
        {
            "seconds" => TimeSpan.FromSeconds(amount),
            "minutes" => TimeSpan.FromMinutes(amount),
            "hours" => TimeSpan.FromHours(amount),
            _ => TimeSpan.FromDays(amount),
        };
    }
}
