using System.Net.Http.Headers;
using System.Text;

namespace FairShare.Scenarios.Tests.Fuzz;

/// <summary>A request that was drawn.</summary>
/// <param name="Operation">The call that it was drawn from.</param>
/// <param name="Target">Path and query.</param>
/// <param name="Headers">Its headers.</param>
/// <param name="Body">Its body; null for none.</param>
internal sealed record DrawnRequest(ApiOperation Operation, string Target, IReadOnlyList<(string Name, string Value)> Headers, byte[]? Body)
{
    /// <summary>Whether it can change nothing, whatever it is answered.</summary>
    public bool IsRead => Operation.Method == HttpMethod.Get;

    /// <summary>The request to be sent.</summary>
    public HttpRequestMessage ToMessage(string url)
    {
        var request = new HttpRequestMessage(Operation.Method, url.TrimEnd('/') + Target);
        foreach (var (name, value) in Headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        if (Body is not null)
        {
            request.Content = new ByteArrayContent(Body);
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(Operation.MediaType ?? "application/json");
        }

        return request;
    }

    public override string ToString()
    {
        var headers = string.Concat(Headers.Select(header => $"{header.Name}: {header.Value}\n"));
        var text = Encoding.UTF8.GetString(Body ?? []);
        var body = Encoding.UTF8.GetBytes(text).AsSpan().SequenceEqual(Body) ? text : $"base64 {Convert.ToBase64String(Body!)}";
        return $"{Operation.Method} {Target}\n{headers}{body}";
    }
}
