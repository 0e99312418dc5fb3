using System.Collections.Concurrent;
using System.Text;

namespace FairShare.Scenarios.Tests.Vault;

/// <summary>Hears everything that clients and host say to each other: lines, headers and bodies of requests and answers.</summary>
internal sealed class WireTap
{
    private readonly ConcurrentQueue<byte[]> heard = new();

    public IReadOnlyCollection<byte[]> Heard => heard;

    /// <summary>Stands between a client and what it sends through.</summary>
    public HttpMessageHandler Listen(HttpMessageHandler inner) => new Handler(inner, heard);

    private sealed class Handler(HttpMessageHandler inner, ConcurrentQueue<byte[]> heard) : DelegatingHandler(inner)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            heard.Enqueue(Encoding.UTF8.GetBytes(request.ToString()));
            await KeepAsync(request.Content, cancellationToken);
            var response = await base.SendAsync(request, cancellationToken);
            heard.Enqueue(Encoding.UTF8.GetBytes(response.ToString()));
            await KeepAsync(response.Content, cancellationToken);
            return response;
        }

        private async Task KeepAsync(HttpContent? content, CancellationToken cancellationToken)
        {
            if (content is not null)
            {
                await content.LoadIntoBufferAsync(cancellationToken);
                heard.Enqueue(await content.ReadAsByteArrayAsync(cancellationToken));
            }
        }
    }
}
