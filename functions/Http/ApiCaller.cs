using FairShare.Contracts.Http;
using FairShare.Core.Identifiers;
using FairShare.Functions.Hosting;

namespace FairShare.Functions.Http;

/// <summary>Who calls, by the claims that API Gateway verified, or that the queue's handler states for a bound sender.</summary>
internal static class ApiCaller
{
    private const string Subject = "sub";
    private const string Use = "token_use";
    private const string Client = "client_id";
    private const string Access = "access";

    /// <summary>The caller.</summary>
    /// <exception cref="Core.Errors.ProtocolException"><c>access-token-required</c>: the token is none for access, or another
    /// client's.</exception>
    /// <exception cref="InvalidOperationException">There are no claims: the route has no authorizer.</exception>
    public static PartyId Read(IDictionary<string, string>? claims, FunctionSettings settings)
    {
        if (claims is null || !claims.TryGetValue(Subject, out var subject))
        {
            throw new InvalidOperationException("The route has no authorizer: the request carries no verified subject.");
        }

        // The pool signs both kinds of token with one key, and the authorizer takes either.
        var isForAccess = claims.TryGetValue(Use, out var use) && use == Access;
        var isOwnClients = claims.TryGetValue(Client, out var client) && client == settings.UserPoolClientId;
        return isForAccess && isOwnClients
            ? PartyId.Parse(subject)
            : throw CommonProblems.AccessTokenRequired.With(
                "Call with the access token that this service's own client was given, not with an ID token."
            );
    }

    /// <summary>The claims of a party.</summary>
    public static Dictionary<string, string> ClaimsOf(PartyId party, FunctionSettings settings) =>
        new()
        {
            [Subject] = party.ToString(),
            [Use] = Access,
            [Client] = settings.UserPoolClientId,
        };
}
