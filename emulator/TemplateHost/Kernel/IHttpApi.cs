namespace TemplateHost.Kernel;

/// <summary>What serves the API port: the HTTP API that the template declares.</summary>
internal interface IHttpApi
{
    /// <summary>Whether the template's CORS rules let a page of another origin send requests.</summary>
    bool AllowsOrigin(string origin);

    /// <summary>Answers one request; a refusal is an answer too, so nothing is thrown but cancellation.</summary>
    Task<HttpApiResponse> HandleAsync(HttpApiRequest request, CancellationToken cancellationToken);
}

/// <summary>One request at the API port, body read.</summary>
/// <param name="Method">The HTTP method, upper case.</param>
/// <param name="RawPath">The path as sent, percent-encoded, with its leading slash.</param>
/// <param name="RawQuery">What follows the question mark, as sent; empty when there is none.</param>
/// <param name="Headers">Names in lower case; repeated headers joined with a comma.</param>
/// <param name="SourceIp">The client's address.</param>
/// <param name="Body">At most 10 MB, as at AWS.</param>
/// <param name="Protocol">For example <c>HTTP/1.1</c>.</param>
internal sealed record HttpApiRequest(
    string Method,
    string RawPath,
    string RawQuery,
    IReadOnlyDictionary<string, string> Headers,
    ReadOnlyMemory<byte> Body,
    string SourceIp,
    string Protocol
);

/// <summary>An answer of the HTTP API; a header may stand several times (<c>set-cookie</c>).</summary>
internal sealed record HttpApiResponse(int Status, IReadOnlyList<KeyValuePair<string, string>> Headers, ReadOnlyMemory<byte> Body);
