namespace FairShare.Client.Parties;

/// <summary>What a login gave.</summary>
/// <param name="AccessToken">The bearer token of the API.</param>
/// <param name="Expires">Until when <paramref name="AccessToken"/> works.</param>
/// <param name="RefreshToken">Yields the next access token.</param>
public sealed record LoginSession(string AccessToken, DateTimeOffset Expires, string RefreshToken);

/// <summary>A refusal by the user pool.</summary>
/// <param name="code">Cognito's error, for example <c>NotAuthorizedException</c>.</param>
/// <param name="message">Its message.</param>
public sealed class IdentityProblem(string code, string message) : Exception(message)
{
    /// <summary>Cognito's error.</summary>
    public string Code { get; } = code;
}
