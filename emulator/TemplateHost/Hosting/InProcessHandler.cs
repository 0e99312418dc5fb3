using System.Net;
using TemplateHost.Gateway;
using TemplateHost.Gateway.Faults;
using TemplateHost.Kernel;

namespace TemplateHost.Hosting;

/// <summary>Carries requests to the host without sockets: by authority, to the AWS endpoint or to the HTTP API.</summary>
internal sealed class InProcessHandler(
    HostAddresses addresses,
    Func<WireRequest, CancellationToken, Task<AwsResponse>> aws,
    Func<WireRequest, CancellationToken, Task<AwsResponse>> api
) : HttpMessageHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var target = request.RequestUri ?? throw new InvalidOperationException("The request has no address.");
        var handle =
            Serves(addresses.Aws, target) ? aws
            : Serves(addresses.Api, target) ? api
            : throw new HttpRequestException($"{target.Authority} is not an address of this host.");
        var body = request.Content is null ? Stream.Null : await request.Content.ReadAsStreamAsync(cancellationToken);
        try
        {
            return Write(request, await handle(Read(request, target, body), cancellationToken));
        }
        catch (ConnectionCutException cut)
        {
            throw new HttpRequestException(HttpRequestError.ResponseEnded, cut.Message, cut);
        }
    }

    private static bool Serves(string address, Uri target) =>
        string.Equals(new Uri(address).Authority, target.Authority, StringComparison.OrdinalIgnoreCase);

    private static WireRequest Read(HttpRequestMessage request, Uri target, Stream body)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["Host"] = request.Headers.Host ?? target.Authority,
        };
        foreach (var (name, values) in request.Headers.NonValidated)
        {
            headers[name] = values.ToString();
        }

        // Asking for the length fills it in, as a socket handler would before it sends.
        var length = request.Content?.Headers.ContentLength;
        foreach (var (name, values) in request.Content?.Headers.NonValidated ?? default)
        {
            headers[name] = values.ToString();
        }

        if (length is not null)
        {
            headers["Content-Length"] = length.Value.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        return new WireRequest(request.Method.Method.ToUpperInvariant(), target.PathAndQuery, headers, body, length);
    }

    private static HttpResponseMessage Write(HttpRequestMessage request, AwsResponse answer)
    {
        var isHead = request.Method == HttpMethod.Head;
        var message = new HttpResponseMessage((HttpStatusCode)answer.Status)
        {
            RequestMessage = request,
            Version = HttpVersion.Version11,
            Content =
                answer.WriteBody is { } write && !isHead
                    ? new StreamedContent(write)
                    : new ReadOnlyMemoryContent(isHead ? default : answer.Body),
        };
        foreach (var (name, value) in answer.AllHeaders)
        {
            if (!message.Headers.TryAddWithoutValidation(name, value))
            {
                message.Content.Headers.Remove(name);
                message.Content.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return message;
    }
}
