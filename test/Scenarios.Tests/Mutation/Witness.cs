using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace FairShare.Scenarios.Tests.Mutation;

/// <summary>One answer that a party was given.</summary>
/// <param name="Token">The access token that it called with; empty for a message of its queue.</param>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">The path.</param>
/// <param name="Status">The status.</param>
/// <param name="Text">The body.</param>
internal sealed record GivenAnswer(string Token, string Method, string Path, int Status, string Text);

/// <summary>Notes every answer that the API gives, and shows it to the run before the party goes on.</summary>
internal sealed partial class Witness(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    /// <summary>A member of an answer that no route declares: the party sees it, the schema's check does not.</summary>
    public const string Leak = "leaked";

    /// <summary>Told of each answer; null for nobody.</summary>
    public Func<GivenAnswer, Task>? Told { get; set; }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        if (Told is { } tell && request.Headers.Authorization is { Scheme: "Bearer", Parameter: { } token })
        {
            await response.Content.LoadIntoBufferAsync(cancellationToken);
            var text = await response.Content.ReadAsStringAsync(cancellationToken);
            await tell(new GivenAnswer(token, request.Method.Method, request.RequestUri!.AbsolutePath, (int)response.StatusCode, text));
            if (text.Contains(Leak, StringComparison.Ordinal) && JsonNode.Parse(text) is JsonObject body && body.Remove(Leak))
            {
                response.Content = new StringContent(body.ToJsonString(), null, response.Content.Headers.ContentType!.MediaType!);
            }
        }

        return response;
    }

    /// <summary>The tokens in a text.</summary>
    public static IEnumerable<string> TokensIn(string text) => CompactJws().Matches(text).Select(match => match.Value).Distinct();

    [GeneratedRegex(@"eyJ[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+")]
    private static partial Regex CompactJws();
}
