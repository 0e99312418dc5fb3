namespace TemplateHost.Gateway;

/// <summary>An HTTP request as it came, over a socket or in process.</summary>
/// <param name="Method">The HTTP method, upper case.</param>
/// <param name="RawTarget">Path and query exactly as sent: signatures are over these octets.</param>
/// <param name="Headers">Names compared without case, <c>Host</c> included; repeated headers joined with a comma.</param>
/// <param name="Body">The body, not yet read.</param>
/// <param name="ContentLength">As the client declared it.</param>
internal sealed record WireRequest(
    string Method,
    string RawTarget,
    IReadOnlyDictionary<string, string> Headers,
    Stream Body,
    long? ContentLength,
    string RemoteAddress = "127.0.0.1",
    string Protocol = "HTTP/1.1"
)
{
    public string RawPath { get; } = RawTarget.Split('?', 2)[0];

    public string RawQuery { get; } = RawTarget.Split('?', 2) is [_, var query] ? query : "";

    public string? Header(string name) => Headers.GetValueOrDefault(name);
}
