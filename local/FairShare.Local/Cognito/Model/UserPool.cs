namespace FairShare.Local.Cognito.Model;

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
    string EmailSubject)
{
    /// <summary>The username as it is compared.</summary>
    public string Normal(string username) => CaseSensitive ? username : username.ToLowerInvariant();
}

/// <summary>What a password must have; Cognito's own defaults ask for all.</summary>
internal sealed record PasswordPolicy(int MinimumLength, bool Lowercase, bool Uppercase, bool Numbers, bool Symbols)
{
    private const string SymbolCharacters = "^$*.[]{}()?\"!@#%&/\\,><':;|_~`=+- ";

    /// <summary>What the password lacks, in Cognito's words; null when it conforms.</summary>
    public string? FaultOf(string password)
    {
        var lack = password.Length < MinimumLength ? "Password not long enough"
            : Lowercase && !password.Any(char.IsAsciiLetterLower) ? "Password must have lowercase characters"
            : Uppercase && !password.Any(char.IsAsciiLetterUpper) ? "Password must have uppercase characters"
            : Numbers && !password.Any(char.IsAsciiDigit) ? "Password must have numeric characters"
            : Symbols && !password.Any(SymbolCharacters.Contains) ? "Password must have symbol characters"
            : null;
        return lack is null ? null : $"Password did not conform with policy: {lack}";
    }
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
    bool HidesUserExistence);
