using System.Text;
using System.Text.Json;
using Amazon.Lambda.APIGatewayEvents;
using FairShare.Contracts;
using FairShare.Contracts.Http;
using FairShare.Core.Identifiers;

namespace FairShare.Functions.Http;

/// <summary>Reads what a route takes from the event by which API Gateway invokes a function.</summary>
internal static class RequestReader
{
    /// <summary>Reads an event.</summary>
    public static async Task<APIGatewayHttpApiV2ProxyRequest> ReadAsync(Stream payload) =>
        await JsonSerializer.DeserializeAsync(payload, EventJson.Default.APIGatewayHttpApiV2ProxyRequest)
        ?? throw new InvalidOperationException("The payload is not an HTTP API request.");

    /// <summary>What the parameter of the route's path names.</summary>
    /// <exception cref="Core.Errors.ProtocolException">It is no such id.</exception>
    public static TSubject ReadSubject<TSubject>(this APIGatewayHttpApiV2ProxyRequest request, Route route)
        where TSubject : struct, IIdentifier<TSubject> =>
        route.Parameter is not { } name ? TSubject.Parse("")
        : request.PathParameters is { } path && path.TryGetValue(name, out var value) ? TSubject.Parse(Uri.UnescapeDataString(value))
        : throw new InvalidOperationException($"The route has no parameter {name}.");

    /// <summary>The body, read strictly. A request without one reads an empty object; a call that takes none reads nothing.</summary>
    /// <param name="request">The event.</param>
    /// <param name="limit">The most octets of it.</param>
    /// <exception cref="Core.Errors.ProtocolException"><c>body-too-large</c>, <c>invalid-body</c>.</exception>
    public static TRequest ReadBody<TRequest>(this APIGatewayHttpApiV2ProxyRequest request, int limit)
    {
        if (typeof(TRequest) == typeof(None))
        {
            return default!;
        }

        if (request.Body?.Length > limit * 2L)
        {
            throw TooLarge(limit);
        }

        var bytes = request switch
        {
            { Body: null or "" } => "{}"u8.ToArray(),
            { IsBase64Encoded: true } => Convert.FromBase64String(request.Body),
            _ => Encoding.UTF8.GetBytes(request.Body),
        };
        if (typeof(TRequest) == typeof(RawContent))
        {
            return bytes.Length <= limit ? (TRequest)(object)new RawContent(bytes, "", IsImmutable: false) : throw TooLarge(limit);
        }

        return bytes.Length <= limit ? StrictJson.Read(bytes, ContractJson.Strict.TypeOf<TRequest>()) : throw TooLarge(limit);
    }

    /// <summary>
    /// An id of the path for the log: null when the route has none, or when what stands there is not one of the store's ids.
    /// </summary>
    public static string? FindLoggedId(this APIGatewayHttpApiV2ProxyRequest request, string name) =>
        request.PathParameters is { } path && path.TryGetValue(name, out var value) && ExchangeId.TryParse(value, out _) ? value : null;

    private static ProblemException TooLarge(int limit) => CommonProblems.BodyTooLarge.With($"The body has more than {limit} bytes.");
}
