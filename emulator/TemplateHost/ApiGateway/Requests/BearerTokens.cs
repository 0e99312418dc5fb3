using System.Text.Json;
using System.Text.Json.Nodes;
using TemplateHost.ApiGateway.Model;
using TemplateHost.Kernel;

namespace TemplateHost.ApiGateway.Requests;

/// <summary>The JWT authorizer: signature, issuer, audience, times, and the scopes that a route asks for.</summary>
internal sealed class BearerTokens(ITokenVerifier verifier, TimeProvider time)
{
    public TokenVerdict Check(JwtAuthorizer authorizer, Route route, IReadOnlyDictionary<string, string> headers)
    {
        if (headers.GetValueOrDefault(authorizer.IdentityHeader) is not { } header)
        {
            return new TokenVerdict.Refused(null);
        }

        var token = header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? header[7..].Trim() : header;
        if (verifier.Verify(token, authorizer.Issuer) is not { } claims)
        {
            return new TokenVerdict.Refused("the token is not signed by the issuer");
        }

        return Fault(authorizer, claims) is { } fault ? new TokenVerdict.Refused(fault) : Scoped(route, claims);
    }

    private string? Fault(JwtAuthorizer authorizer, JsonObject claims)
    {
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        if (claims["exp"]?.GetValue<long>() is not { } expiry || expiry <= now)
        {
            return "the token has expired";
        }

        if (claims["nbf"]?.GetValue<long>() > now || claims["iat"]?.GetValue<long>() > now)
        {
            return "the token is not valid yet";
        }

        // aud, or where there is none, as in Cognito's access tokens, client_id.
        var audience = claims.ContainsKey("aud") ? Texts(claims["aud"]) : Texts(claims["client_id"]);
        return audience.Intersect(authorizer.Audience).Any() ? null : "the token does not have a valid audience";
    }

    private static TokenVerdict Scoped(Route route, JsonObject claims)
    {
        var scopes = (claims["scope"]?.GetValue<string>() ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var granted = route.Scopes.Intersect(scopes).ToList();
        return route.Scopes.Count > 0 && granted.Count == 0
            ? new TokenVerdict.OutOfScope()
            : new TokenVerdict.Accepted(Context(claims, granted));
    }

    /// <summary>Claims reach the function as text.</summary>
    private static JsonObject Context(JsonObject claims, List<string> scopes) =>
        new()
        {
            ["jwt"] = new JsonObject
            {
                ["claims"] = new JsonObject(claims.Select(claim => KeyValuePair.Create(claim.Key, (JsonNode?)Text(claim.Value)))),
                ["scopes"] = scopes.Count == 0 ? null : new JsonArray([.. scopes.Select(scope => (JsonNode)scope)]),
            },
        };

    private static string Text(JsonNode? claim) =>
        claim switch
        {
            JsonArray values => $"[{string.Join(' ', values.Select(value => value?.ToString()))}]",
            _ => claim?.GetValueKind() == JsonValueKind.String ? claim.GetValue<string>() : claim?.ToJsonString() ?? "",
        };

    private static List<string> Texts(JsonNode? node) =>
        node switch
        {
            JsonArray values => [.. values.Select(value => value?.ToString() ?? "")],
            null => [],
            _ => [node.ToString()],
        };
}

/// <summary>What came of a bearer token.</summary>
internal abstract record TokenVerdict
{
    /// <param name="Context">The <c>authorizer</c> member of the request context.</param>
    public sealed record Accepted(JsonObject Context) : TokenVerdict;

    /// <param name="Description">Why; null when there was no token.</param>
    public sealed record Refused(string? Description) : TokenVerdict;

    public sealed record OutOfScope : TokenVerdict;
}
