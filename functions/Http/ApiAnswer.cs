using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace FairShare.Functions.Http;

/// <summary>An answer of the API.</summary>
internal sealed record ApiAnswer(int Status, string Body)
{
    public string ContentType { get; init; } = "application/json";

    public string? Location { get; init; }

    /// <summary>When it is worth while to ask again; a whole number of seconds on the wire, at least one.</summary>
    public TimeSpan? RetryAfter { get; init; }

    public static ApiAnswer Ok<T>(T value, JsonTypeInfo<T> type) => new(200, JsonSerializer.Serialize(value, type));

    public static ApiAnswer Created<T>(T value, JsonTypeInfo<T> type) => new(201, JsonSerializer.Serialize(value, type));

    public static ApiAnswer Accepted<T>(T value, JsonTypeInfo<T> type, string location) =>
        new(202, JsonSerializer.Serialize(value, type)) { Location = location };
}

/// <summary>A handler of one route.</summary>
internal interface IApiHandler
{
    /// <summary>Serves one call: decode, decide, save, answer.</summary>
    /// <exception cref="Core.Errors.ProtocolException">A refusal; it becomes problem+json, and nothing has changed.</exception>
    Task<ApiAnswer> HandleAsync(ApiCall call, CancellationToken cancellationToken);
}
