using System.Globalization;
using Amazon.Lambda.APIGatewayEvents;
using FairShare.Contracts.Http;
using FairShare.Core.Identifiers;
using FairShare.Functions.Hosting;

namespace FairShare.Functions.Http;

/// <summary>One call of the API: who calls, and how.</summary>
internal class ApiCall(APIGatewayHttpApiV2ProxyRequest request, FunctionSettings settings)
{
    private const string LimitGroup = "fairshare-limits-";
    private const int LargestFactor = 1000;
    private const int IdempotencyKeyLimit = 64;

    private PartyId? party;

    /// <summary>Who calls, by the token that API Gateway verified.</summary>
    /// <exception cref="Core.Errors.ProtocolException"><c>access-token-required</c>.</exception>
    public PartyId Party => party ??= ApiCaller.Read(request.RequestContext?.Authorizer?.Jwt?.Claims, settings);

    /// <summary>
    /// By how much the party's groups raise its limits: a group <c>fairshare-limits-10x</c> to ten times as much. 1 without one.
    /// </summary>
    public int LimitFactor =>
        request.RequestContext?.Authorizer?.Jwt?.Claims is { } claims && claims.TryGetValue("cognito:groups", out var groups)
            ? groups.Trim('[', ']').Split([' ', ','], StringSplitOptions.RemoveEmptyEntries).Select(FactorOf).Append(1).Max()
            : 1;

    /// <summary>The client's key for this request, or null.</summary>
    /// <exception cref="Core.Errors.ProtocolException"><c>invalid-idempotency-key</c>.</exception>
    public string? IdempotencyKey => Header("idempotency-key") is { } key ? RequireIdempotencyKey(key) : null;

    /// <summary>A header by its name in any case, or null.</summary>
    public string? Header(string name) =>
        request.Headers is { } headers && headers.TryGetValue(name.ToLowerInvariant(), out var value) ? value : null;

    public string? Query(string name) =>
        request.QueryStringParameters is { } query && query.TryGetValue(name, out var value) ? value : null;

    // API Gateway writes a claim that is a list as one text in brackets.
    private static int FactorOf(string group) =>
        group.StartsWith(LimitGroup, StringComparison.Ordinal)
        && group.EndsWith('x')
        && int.TryParse(
            group.AsSpan(LimitGroup.Length, group.Length - LimitGroup.Length - 1),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var factor
        )
        && factor is >= 1 and <= LargestFactor
            ? factor
            : 1;

    private static string RequireIdempotencyKey(string key) =>
        key.Length is > 0 and <= IdempotencyKeyLimit && key.All(symbol => symbol is > ' ' and < '\u007f')
            ? key
            : throw CommonProblems.InvalidIdempotencyKey.With(
                $"An Idempotency-Key is 1 to {IdempotencyKeyLimit} visible ASCII characters."
            );
}

/// <summary>One call of a route, as its handler sees it.</summary>
/// <param name="request">The event.</param>
/// <param name="settings">The function's settings.</param>
/// <param name="subject">What the parameter of the path names.</param>
/// <param name="body">The request's body, read.</param>
internal sealed class ApiCall<TSubject, TRequest>(
    APIGatewayHttpApiV2ProxyRequest request,
    FunctionSettings settings,
    TSubject subject,
    TRequest body
) : ApiCall(request, settings)
{
    public TSubject Subject => subject;

    public TRequest Request => body;
}
