using FairShare.Contracts.Http;
using FairShare.Contracts.Timestamps;
using FairShare.Core.Identifiers;
using FairShare.Timestamps.Requests;

namespace FairShare.Client.Http;

/// <summary>
/// The HTTP API; its calls are the routes of <c>FairShare.Contracts</c>. Every call throws <see cref="FairShareProblem"/> for a refusal and
/// <see cref="HttpRequestException"/> when the service cannot be reached; every POST carries an idempotency key. A call is repeated up to
/// three times when the way there failed.
/// </summary>
public sealed class FairShareApi
{
    private readonly ApiConnection connection;

    /// <summary>Makes a client of the API.</summary>
    /// <param name="http">The connection; its base address is the API's URL with a trailing slash.</param>
    /// <param name="accessToken">Yields a valid Cognito access token; null for the calls that need none.</param>
    /// <param name="time">The clock of the waits between attempts.</param>
    /// <param name="randomness">The source of idempotency keys.</param>
    public FairShareApi(HttpClient http, Func<CancellationToken, ValueTask<string>>? accessToken, TimeProvider time, IRandomness randomness)
        : this(http.BaseAddress?.ToString() ?? "", new ApiConnection(http, accessToken, time, randomness)) { }

    private FairShareApi(string address, ApiConnection connection) => (Address, this.connection) = (address, connection);

    /// <summary>The API's address.</summary>
    public string Address { get; }

    /// <summary>The same API for calls that prove who makes them by a header, and by no token.</summary>
    /// <param name="name">The header's name.</param>
    /// <param name="value">Its value.</param>
    public FairShareApi WithHeader(string name, string value) => new(Address, connection.WithHeader(name, value));

    /// <summary>The same API for a call that is answered as every other of the party under the same key: what the first made.</summary>
    /// <param name="key">The idempotency key: 1 to 64 visible ASCII characters.</param>
    public FairShareApi WithIdempotencyKey(string key) => new(Address, connection.WithIdempotencyKey(key));

    /// <summary>Has a hash stamped by the store's time-stamping authority (RFC 3161); each call gives another stamp.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The whole answer, which is a stamp of that hash.</returns>
    /// <exception cref="Core.Errors.ProtocolException"><c>stamp-refused</c>, <c>malformed-stamp</c>, <c>bad-stamp</c>;
    /// <c>other-stamp</c>: of something else.</exception>
    public async Task<byte[]> StampAsync(TimestampRequest request, CancellationToken cancellationToken)
    {
        var answer = await connection
            .SendOctetsAsync(TimestampRoutes.StampTime, "application/timestamp-query", request.Write(), cancellationToken)
            .ConfigureAwait(false);
        return TimestampClient.Require(answer, request);
    }

    /// <summary>Makes a call that names nothing and has no request.</summary>
    public Task<TAnswer> CallAsync<TAnswer>(Route<None, None, TAnswer> route, CancellationToken cancellationToken) =>
        connection.SendAsync(route, "", default, [], cancellationToken);

    /// <summary>Makes a call with a query.</summary>
    /// <param name="route">The call.</param>
    /// <param name="query">The query's parameters; one whose value is null is left out.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    public Task<TAnswer> CallAsync<TAnswer>(
        Route<None, None, TAnswer> route,
        IEnumerable<(string Name, string? Value)> query,
        CancellationToken cancellationToken
    ) => connection.SendAsync(route, "", default, query, cancellationToken);

    /// <summary>Makes a call with a request.</summary>
    public Task<TAnswer> CallAsync<TRequest, TAnswer>(
        Route<None, TRequest, TAnswer> route,
        TRequest request,
        CancellationToken cancellationToken
    ) => connection.SendAsync(route, "", request, [], cancellationToken);

    /// <summary>Makes a call about what the path names.</summary>
    public Task<TAnswer> CallAsync<TSubject, TAnswer>(
        Route<TSubject, None, TAnswer> route,
        TSubject subject,
        CancellationToken cancellationToken
    )
        where TSubject : struct, IIdentifier<TSubject> => connection.SendAsync(route, subject.ToString()!, default, [], cancellationToken);

    /// <summary>Makes a call about what the path names, with a query.</summary>
    /// <param name="route">The call.</param>
    /// <param name="subject">What the path names.</param>
    /// <param name="query">The query's parameters; one whose value is null is left out.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    public Task<TAnswer> CallAsync<TSubject, TAnswer>(
        Route<TSubject, None, TAnswer> route,
        TSubject subject,
        IEnumerable<(string Name, string? Value)> query,
        CancellationToken cancellationToken
    )
        where TSubject : struct, IIdentifier<TSubject> =>
        connection.SendAsync(route, subject.ToString()!, default, query, cancellationToken);

    /// <summary>Makes a call about what the path names, with a request.</summary>
    public Task<TAnswer> CallAsync<TSubject, TRequest, TAnswer>(
        Route<TSubject, TRequest, TAnswer> route,
        TSubject subject,
        TRequest request,
        CancellationToken cancellationToken
    )
        where TSubject : struct, IIdentifier<TSubject> => connection.SendAsync(route, subject.ToString()!, request, [], cancellationToken);
}
