namespace TemplateHost.Cognito.Model;

/// <summary>What a client is to answer before it is let in. Written as JSON.</summary>
/// <param name="Name">For example <c>PASSWORD_VERIFIER</c>.</param>
/// <param name="Username">As names are compared.</param>
/// <param name="Salt">Of the password that the user has: with another password the challenge is void.</param>
internal sealed record OpenChallenge(string Name, string ClientId, string Username, string Salt, DateTimeOffset ExpiresAt)
{
    /// <summary>How long a client has for an answer.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(3);

    /// <summary>A and b of SRP, in hexadecimal; null in another challenge.</summary>
    public SrpExchange? Srp { get; init; }
}

/// <summary>The numbers of one SRP exchange.</summary>
/// <param name="ClientValue">A.</param>
/// <param name="Secret">b.</param>
internal sealed record SrpExchange(string ClientValue, string Secret);
