using System.Text.Json.Nodes;

namespace TemplateHost.ApiGateway.Model;

/// <summary>An HTTP API. Parts are written as JSON.</summary>
internal sealed record Api(string Id, string Name, CorsPolicy? Cors)
{
    public string? Description { get; init; }
}

/// <summary>What browsers of other origins may do; answered by the API itself.</summary>
internal sealed record CorsPolicy(
    IReadOnlyList<string> Origins,
    IReadOnlyList<string> Methods,
    IReadOnlyList<string> Headers,
    IReadOnlyList<string> ExposedHeaders,
    bool Credentials,
    int? MaxAge
);

/// <summary>A Lambda function behind routes, payload format 2.0.</summary>
/// <param name="TimeoutMilliseconds">At most 30 000.</param>
internal sealed record Integration(string Id, string FunctionArn, int TimeoutMilliseconds);

/// <summary>A route of the API.</summary>
/// <param name="Key">For example <c>POST /exchanges/{exchangeId}/receipt</c>, or <c>$default</c>.</param>
/// <param name="AuthorizerId">Null for a route that anyone may call.</param>
internal sealed record Route(string Id, string Key, string IntegrationId, string? AuthorizerId, IReadOnlyList<string> Scopes);

/// <summary>Checks bearer tokens of one issuer.</summary>
/// <param name="Audience">Client ids; one of them must be the token's <c>aud</c>, or its <c>client_id</c>.</param>
internal sealed record JwtAuthorizer(string Id, string Issuer, IReadOnlyList<string> Audience, string IdentityHeader)
{
    public string Name { get; init; } = "";
}

/// <param name="Rate">Requests a second that the stage takes; null for no bound.</param>
/// <param name="Burst">How many it takes at once.</param>
/// <param name="AccessLogs">What its access log would have; shown again, while no log is written.</param>
internal sealed record Stage(string Id, string Name, double? Rate = null, double? Burst = null, JsonObject? AccessLogs = null);
