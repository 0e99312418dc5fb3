using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using FairShare.Contracts;
using FairShare.Contracts.Http;
using FairShare.Core.Identifiers;

namespace FairShare.Client.Http;

/// <summary>Sends one request to the API and reads its answer or its problem; retries what is safe to repeat.</summary>
/// <param name="http">The connection; its base address is the API's.</param>
/// <param name="accessToken">Yields a valid access token; null for calls without one.</param>
/// <param name="time">The clock of the waits between attempts.</param>
/// <param name="randomness">The source of idempotency keys.</param>
/// <param name="header">A header of every request besides; null for none.</param>
/// <param name="idempotencyKey">The idempotency key of every request; null draws one for each.</param>
internal sealed class ApiConnection(
    HttpClient http,
    Func<CancellationToken, ValueTask<string>>? accessToken,
    TimeProvider time,
    IRandomness randomness,
    (string Name, string Value)? header = null,
    string? idempotencyKey = null
)
{
    private const int Attempts = 4;

    /// <summary>The same connection for calls that prove who makes them by a header, and by no token.</summary>
    public ApiConnection WithHeader(string name, string value) => new(http, null, time, randomness, (name, value));

    /// <summary>The same connection for a call that was, or will be, made elsewhere under the same key.</summary>
    public ApiConnection WithIdempotencyKey(string key) => new(http, accessToken, time, randomness, header, key);

    /// <summary>Makes a call.</summary>
    /// <param name="route">The call.</param>
    /// <param name="subject">What its path names.</param>
    /// <param name="request">Its request; every POST has one on the wire.</param>
    /// <param name="query">The parameters of the query.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    public Task<TAnswer> SendAsync<TSubject, TRequest, TAnswer>(
        Route<TSubject, TRequest, TAnswer> route,
        string subject,
        TRequest request,
        IEnumerable<(string Name, string? Value)> query,
        CancellationToken cancellationToken
    )
        where TSubject : struct, IIdentifier<TSubject>
    {
        var body =
            route.Method != HttpMethod.Post && route.Method != HttpMethod.Put ? null
            : route.Request == typeof(None) ? "{}"u8.ToArray()
            : JsonSerializer.SerializeToUtf8Bytes(request, ContractJson.Lenient.TypeOf<TRequest>());
        // Relative to the API's address, which may have a path of its own.
        var path = route.PathOf(subject).TrimStart('/') + Write(query);
        return SendAsync(route.Method, path, body, ContractJson.Lenient.TypeOf<TAnswer>(), cancellationToken);
    }

    /// <summary>Makes a call whose request and answer are octets as they are.</summary>
    /// <exception cref="FairShareProblem">A refusal.</exception>
    public async Task<byte[]> SendOctetsAsync(Route route, string mediaType, byte[] octets, CancellationToken cancellationToken)
    {
        var key = Nonce.New(randomness).ToString();
        using var request = await CreateAsync(route.Method, route.Path.TrimStart('/'), octets, key, cancellationToken)
            .ConfigureAwait(false);
        request.Content!.Headers.ContentType = new MediaTypeHeaderValue(mediaType);
        using var response = await http.SendAsync(request, cancellationToken).ConfigureAwait(false);
        var body = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        return response.IsSuccessStatusCode ? body : throw ReadProblem((int)response.StatusCode, body);
    }

    private static string Write(IEnumerable<(string Name, string? Value)> query)
    {
        var parameters = query.Where(parameter => parameter.Value is not null);
        var text = string.Join('&', parameters.Select(parameter => $"{parameter.Name}={Uri.EscapeDataString(parameter.Value!)}"));
        return text.Length > 0 ? "?" + text : "";
    }

    private async Task<TAnswer> SendAsync<TAnswer>(
        HttpMethod method,
        string path,
        byte[]? body,
        JsonTypeInfo<TAnswer> answer,
        CancellationToken cancellationToken
    )
    {
        // One key for all attempts: the service answers a repeat with the outcome of the first.
        var key = idempotencyKey ?? Nonce.New(randomness).ToString();
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                using var request = await CreateAsync(method, path, body, key, cancellationToken).ConfigureAwait(false);
                using var response = await http.SendAsync(request, cancellationToken).ConfigureAwait(false);
                if (attempt == Attempts || !IsTransient(response.StatusCode))
                {
                    return await ReadAsync(response, answer, cancellationToken).ConfigureAwait(false);
                }
            }
            catch (HttpRequestException fault) when (attempt < Attempts && fault.HttpRequestError != HttpRequestError.NameResolutionError)
            { }

            await Task.Delay(TimeSpan.FromMilliseconds(100 << attempt), time, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<HttpRequestMessage> CreateAsync(
        HttpMethod method,
        string path,
        byte[]? body,
        string key,
        CancellationToken cancellationToken
    )
    {
        var request = new HttpRequestMessage(method, path);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        if (header is var (name, value))
        {
            request.Headers.Add(name, value);
        }

        if (accessToken is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue(
                "Bearer",
                await accessToken(cancellationToken).ConfigureAwait(false)
            );
        }

        if (body is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }

        return request;
    }

    private static bool IsTransient(HttpStatusCode status) =>
        status
            is HttpStatusCode.TooManyRequests
                or HttpStatusCode.BadGateway
                or HttpStatusCode.ServiceUnavailable
                or HttpStatusCode.GatewayTimeout;

    private static async Task<TAnswer> ReadAsync<TAnswer>(
        HttpResponseMessage response,
        JsonTypeInfo<TAnswer> answer,
        CancellationToken cancellationToken
    )
    {
        var body = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        var status = (int)response.StatusCode;
        if (!response.IsSuccessStatusCode)
        {
            throw ReadProblem(status, body);
        }

        try
        {
            return JsonSerializer.Deserialize(body, answer) ?? throw new JsonException("null");
        }
        catch (JsonException fault)
        {
            throw new FairShareProblem(
                "unexpected-answer",
                status,
                $"The service's answer does not have the form that it must have ({fault.Path ?? "$"})."
            );
        }
    }

    private static FairShareProblem ReadProblem(int status, byte[] body)
    {
        ProblemView? problem = null;
        try
        {
            problem = JsonSerializer.Deserialize(body, ProblemJson.Lenient.TypeOf<ProblemView>());
        }
        catch (JsonException)
        {
            // Something between us and the service answered; the status is all there is to say.
        }

        return new FairShareProblem(
            problem?.Code ?? $"http-{status}",
            status,
            problem?.Detail ?? problem?.Title ?? $"The service answered with HTTP status {status}."
        );
    }
}

/// <summary>The JSON of a problem, as far as it is read.</summary>
[JsonSerializable(typeof(ProblemView))]
internal sealed partial class ProblemJson : JsonSerializerContext
{
    /// <summary>As every client reads and writes.</summary>
    public static JsonSerializerOptions Lenient { get; } = ContractJson.LenientOf(new ProblemJson());
}
