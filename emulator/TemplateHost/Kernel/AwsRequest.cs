namespace TemplateHost.Kernel;

/// <summary>One authenticated request to one AWS service.</summary>
internal sealed record AwsRequest
{
    /// <summary>The service by its SigV4 signing name: <c>dynamodb</c>, <c>s3</c>, <c>kms</c>, <c>states</c>, <c>sqs</c>, …</summary>
    public required string Service { get; init; }

    /// <summary>The protocol that the request is written in, and its answer.</summary>
    public WireProtocol Protocol { get; init; }

    public required string Method { get; init; }

    /// <summary>The path as sent, still percent-encoded, with its leading slash.</summary>
    public required string RawPath { get; init; }

    /// <summary>Query parameters, decoded, in the order sent; the X-Amz-* ones of a presigned URL included.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Query { get; init; }

    /// <summary>Header names are compared without case; repeated headers are joined with a comma.</summary>
    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    /// <summary>
    /// The body, not yet read. A declared payload digest is checked while it is read; an <c>aws-chunked</c> body is already unwrapped.
    /// </summary>
    public required Stream Body { get; init; }

    /// <summary>The whole body, where the service takes it whole; empty for one that is still to be read from <see cref="Body"/>.</summary>
    public ReadOnlyMemory<byte> Octets { get; init; }

    /// <summary>The body's length in bytes, after unwrapping <c>aws-chunked</c>; null when the client did not say.</summary>
    public long? ContentLength { get; init; }

    /// <summary>What stood behind an <c>aws-chunked</c> body, by lower-case name; complete once the body is read to its end.</summary>
    public Dictionary<string, string> Trailers { get; init; } = [];

    public required Caller Caller { get; init; }

    public required string RequestId { get; init; }

    public string? Header(string name) => Headers.GetValueOrDefault(name);

    public string? QueryValue(string name) =>
        Query.FirstOrDefault(pair => pair.Key == name) is { Key: not null } found ? found.Value : null;
}

/// <summary>An answer; <see cref="WriteBody"/> wins over <see cref="Body"/> so that objects stream.</summary>
internal sealed class AwsResponse
{
    public int Status { get; init; } = 200;

    public Dictionary<string, string> Headers { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Headers that may stand several times, beside <see cref="Headers"/>.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> RepeatedHeaders { get; init; } = [];

    public IEnumerable<KeyValuePair<string, string>> AllHeaders => Headers.Concat(RepeatedHeaders);

    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>Writes the body; with it the response's Content-Length header must be set.</summary>
    public Func<Stream, CancellationToken, Task>? WriteBody { get; init; }
}
