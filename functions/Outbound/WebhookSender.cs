using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;

namespace FairShare.Functions.Outbound;

/// <summary>How an endpoint answered.</summary>
/// <param name="Status">The HTTP status; null where there was no answer.</param>
/// <param name="Failure">Why the message does not count as taken; null when it does.</param>
/// <param name="Text">The beginning of the answer, where it was asked for.</param>
internal sealed record WebhookAnswer(int? Status, string? Failure, string Text = "");

/// <summary>Sends signed messages to endpoints, once each. Whatever an endpoint does, an answer comes within ten seconds.</summary>
/// <param name="http">A connection to checked addresses, that follows no redirect.</param>
/// <param name="time">The clock.</param>
internal sealed class WebhookSender(HttpClient http, TimeProvider time)
{
    private const int LongestText = 4096;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Sends a message. A status of success counts, whatever follows it.</summary>
    public Task<WebhookAnswer> SendAsync(string url, string messageId, string body, byte[][] keys, CancellationToken cancellationToken) =>
        CallAsync(url, messageId, body, keys, (_, _) => Task.FromResult(""), cancellationToken);

    /// <summary>Sends a message, and reads the beginning of the answer.</summary>
    public Task<WebhookAnswer> AskAsync(string url, string messageId, string body, byte[][] keys, CancellationToken cancellationToken) =>
        CallAsync(url, messageId, body, keys, ReadAsync, cancellationToken);

    private async Task<WebhookAnswer> CallAsync(
        string url,
        string messageId,
        string body,
        byte[][] keys,
        Func<HttpResponseMessage, CancellationToken, Task<string>> read,
        CancellationToken cancellationToken
    )
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            using var request = Write(url, messageId, Encoding.UTF8.GetBytes(body), keys);
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            var status = (int)response.StatusCode;
            return status is >= 200 and < 300 ? new(status, null, await read(response, either.Token))
                : status is >= 300 and < 400 ? new(status, "redirected")
                : new(status, "refused");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new(null, "timed-out");
        }
        catch (HttpRequestException failure) when (failure.InnerException is AddressRefusedException)
        {
            return new(null, "address-refused");
        }
        // A connection that the other side breaks before its address is noted is told of by the socket itself.
        catch (Exception failure) when (failure is HttpRequestException or IOException or SocketException)
        {
            return new(null, "unreachable");
        }
    }

    private HttpRequestMessage Write(string url, string messageId, byte[] body, byte[][] keys)
    {
        var sentAt = WebhookSignature.WriteTime(time.GetUtcNow());
        var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.UserAgent.ParseAdd("FairShare-Webhooks/1");
        request.Headers.Add("webhook-id", messageId);
        request.Headers.Add("webhook-timestamp", sentAt);
        request.Headers.Add("webhook-signature", WebhookSignature.Sign(messageId, sentAt, body, keys));
        return request;
    }

    private static async Task<string> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[LongestText];
        var length = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        return Encoding.UTF8.GetString(buffer, 0, length);
    }
}
