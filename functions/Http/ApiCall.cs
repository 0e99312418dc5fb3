using System.Globalization;
using System.Text;
using System.Text.Json.Serialization.Metadata;
using Amazon.Lambda.APIGatewayEvents;
using FairShare.Core.Identifiers;
using FairShare.Functions.Hosting;

namespace FairShare.Functions.Http;

/// <summary>One call of the API, as its handler sees it.</summary>
internal sealed class ApiCall(APIGatewayHttpApiV2ProxyRequest request, FunctionSettings settings)
{
    private const int BodyLimit = 64 * 1024;
    private const string LimitGroup = "fairshare-limits-";
    private const int LargestFactor = 1000;
    private const int IdempotencyKeyLimit = 64;

    /// <summary>Who calls, by the token that API Gateway verified.</summary>
    /// <exception cref="Core.Errors.ProtocolException"><c>access-token-required</c>.</exception>
    public PartyId Party => ApiCaller.Read(request.RequestContext?.Authorizer?.Jwt?.Claims, settings);

    /// <summary>
    /// By how much the party's groups raise its limits: a group <c>fairshare-limits-10x</c> to ten times as much. 1 without one.
    /// </summary>
    public int LimitFactor =>
        request.RequestContext?.Authorizer?.Jwt?.Claims is { } claims && claims.TryGetValue("cognito:groups", out var groups)
            ? groups.Trim('[', ']').Split([' ', ','], StringSplitOptions.RemoveEmptyEntries).Select(FactorOf).Append(1).Max()
            : 1;

    /// <summary>The client's key for this request, or null.</summary>
    /// <exception cref="Core.Errors.ProtocolException"><c>invalid-idempotency-key</c>.</exception>
    public string? IdempotencyKey =>
        request.Headers is { } headers && headers.TryGetValue("idempotency-key", out var key) ? RequireIdempotencyKey(key) : null;

    public DocumentId DocumentId => DocumentId.Parse(Path("documentId"));

    public ExchangeId ExchangeId => ExchangeId.Parse(Path("exchangeId"));

    public KeyId KeyId => KeyId.Parse(Path("keyId"));

    public PartyId PartyId => PartyId.Parse(Path("partyId"));

    public string? Query(string name) =>
        request.QueryStringParameters is { } query && query.TryGetValue(name, out var value) ? value : null;

    /// <summary>
    /// An id of the path for the log: null when the route has none, or when what stands there is not one of the store's ids.
    /// </summary>
    public string? LoggedId(string name) =>
        request.PathParameters is { } path && path.TryGetValue(name, out var value) && ExchangeId.TryParse(value, out _) ? value : null;

    /// <summary>The body, read strictly; a call without one reads an empty object.</summary>
    public T Body<T>(JsonTypeInfo<T> type)
    {
        if (request.Body?.Length > BodyLimit * 2)
        {
            throw Problems.BodyTooLarge.With($"The body has more than {BodyLimit} bytes.");
        }

        var bytes = request switch
        {
            { Body: null or "" } => "{}"u8.ToArray(),
            { IsBase64Encoded: true } => Convert.FromBase64String(request.Body),
            _ => Encoding.UTF8.GetBytes(request.Body),
        };
        return bytes.Length <= BodyLimit
            ? StrictJson.Read(bytes, type)
            : throw Problems.BodyTooLarge.With($"The body has more than {BodyLimit} bytes.");
    }

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

    private string Path(string name) =>
        request.PathParameters is { } path && path.TryGetValue(name, out var value)
            ? Uri.UnescapeDataString(value)
            : throw new InvalidOperationException($"The route has no parameter {name}.");

    private static string RequireIdempotencyKey(string key) =>
        key.Length is > 0 and <= IdempotencyKeyLimit && key.All(symbol => symbol is > ' ' and < '\u007f')
            ? key
            : throw Problems.InvalidIdempotencyKey.With($"An Idempotency-Key is 1 to {IdempotencyKeyLimit} visible ASCII characters.");
}
