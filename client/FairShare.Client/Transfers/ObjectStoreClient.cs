using System.Net;
using System.Net.Http.Headers;
using System.Xml;
using System.Xml.Linq;
using FairShare.Client.Http;
using Microsoft.Win32.SafeHandles;

namespace FairShare.Client.Transfers;

/// <summary>Requests to presigned URLs of S3; the URL carries all authority, so nothing else is sent with it.</summary>
/// <param name="http">A connection without a base address or default headers, and with no overall timeout.</param>
/// <param name="time">The clock of the waits between attempts.</param>
internal sealed class ObjectStoreClient(HttpClient http, TimeProvider time)
{
    private const int Attempts = 4;
    private const int SlowestBytesPerSecond = 1 << 16;

    // S3 joins ten thousand parts in some minutes, and says nothing meanwhile.
    private const int JoiningTakes = 10;

    /// <summary>For how long nothing may come or go before the object store counts as unreachable; a minute by default.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Whether a text is a URL that requests can be sent to.</summary>
    public static bool IsAddress(string? url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address)
        && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp);

    /// <summary>PUTs a range of a file, with the signed headers; repeated up to three times when the way there fails.</summary>
    public Task<HttpResponseMessage> PutAsync(
        string url,
        IReadOnlyDictionary<string, string>? headers,
        SafeFileHandle file,
        long offset,
        long length,
        Action<long>? progress,
        CancellationToken cancellationToken
    ) =>
        SendAsync(
            goesOn =>
            {
                var sent = 0L;
                progress?.Invoke(0);
                var section = new FileSection(
                    file,
                    offset,
                    length,
                    count =>
                    {
                        goesOn();
                        progress?.Invoke(sent += count);
                    }
                );
                var content = new StreamContent(section, 1 << 17);
                content.Headers.ContentLength = length;
                return WithHeaders(Request(HttpMethod.Put, url, content), headers);
            },
            Patience,
            cancellationToken
        );

    /// <summary>PUTs octets, with the signed headers; repeated in the same way.</summary>
    public Task<HttpResponseMessage> PutAsync(
        string url,
        IReadOnlyDictionary<string, string>? headers,
        ReadOnlyMemory<byte> bytes,
        CancellationToken cancellationToken
    ) =>
        SendAsync(
            _ => WithHeaders(Request(HttpMethod.Put, url, new ReadOnlyMemoryContent(bytes)), headers),
            Patience + TimeSpan.FromSeconds((double)bytes.Length / SlowestBytesPerSecond),
            cancellationToken
        );

    /// <summary>POSTs XML, with the signed headers.</summary>
    public Task<HttpResponseMessage> PostAsync(
        string url,
        IReadOnlyDictionary<string, string>? headers,
        XDocument body,
        CancellationToken cancellationToken
    ) =>
        SendAsync(
            _ =>
            {
                var content = new StringContent(body.ToString(SaveOptions.DisableFormatting));
                content.Headers.ContentType = new MediaTypeHeaderValue("application/xml");
                return WithHeaders(Request(HttpMethod.Post, url, content), headers);
            },
            Patience * JoiningTakes,
            cancellationToken
        );

    /// <summary>GETs the object from an offset on; the body is not yet read.</summary>
    public Task<HttpResponseMessage> GetAsync(string url, long offset, CancellationToken cancellationToken)
    {
        var request = Request(HttpMethod.Get, url, null);
        if (offset > 0)
        {
            request.Headers.Range = new RangeHeaderValue(offset, null);
        }

        return http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
    }

    /// <summary>Reads S3's XML error as a problem.</summary>
    public static async Task<TransferProblem> ReadProblemAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var text = await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
        return ReadProblem(text, (int)response.StatusCode);
    }

    /// <summary>Reads S3's answer.</summary>
    /// <exception cref="TransferProblem"><c>unexpected-answer</c>: it is no XML.</exception>
    public static XDocument Read(string text)
    {
        try
        {
            return XDocument.Parse(text);
        }
        catch (XmlException fault)
        {
            throw new TransferProblem("unexpected-answer", 200, "The object store's answer is no XML.", fault);
        }
    }

    public static TransferProblem ReadProblem(string text, int status)
    {
        try
        {
            var error = text.Length == 0 ? null : XDocument.Parse(text).Root;
            return new TransferProblem(
                Child(error, "Code") ?? $"http-{status}",
                status,
                Child(error, "Message") ?? $"The object store answered with HTTP status {status}."
            );
        }
        catch (XmlException)
        {
            return new TransferProblem($"http-{status}", status, $"The object store answered with HTTP status {status}.");
        }
    }

    public static string? Child(XElement? element, string name) =>
        element?.Elements().FirstOrDefault(child => child.Name.LocalName == name)?.Value;

    private async Task<HttpResponseMessage> SendAsync(
        Func<Action, HttpRequestMessage> create,
        TimeSpan patience,
        CancellationToken cancellationToken
    )
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var response = await SendOnceAsync(create, patience, cancellationToken).ConfigureAwait(false);
                if (response.IsSuccessStatusCode)
                {
                    return response;
                }

                using (response)
                {
                    if (
                        attempt == Attempts
                        || (
                            response.StatusCode < HttpStatusCode.InternalServerError
                            && response.StatusCode != HttpStatusCode.TooManyRequests
                        )
                    )
                    {
                        throw await ReadProblemAsync(response, cancellationToken).ConfigureAwait(false);
                    }
                }
            }
            catch (HttpRequestException) when (attempt < Attempts) { }

            await Task.Delay(TimeSpan.FromMilliseconds(200 << attempt), time, cancellationToken).ConfigureAwait(false);
        }
    }

    // The time begins anew with every buffer that goes on.
    private async Task<HttpResponseMessage> SendOnceAsync(
        Func<Action, HttpRequestMessage> create,
        TimeSpan patience,
        CancellationToken cancellationToken
    )
    {
        using var stall = new CancellationTokenSource(patience, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, stall.Token);
        try
        {
            using var request = create(() => stall.CancelAfter(patience));
            return await http.SendAsync(request, stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stall.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw TransferProblem.OfStall(patience);
        }
    }

    // The URL is the service's, who may be anybody's.
    private static HttpRequestMessage Request(HttpMethod method, string url, HttpContent? content) =>
        IsAddress(url)
            ? new(method, url) { Content = content }
            : throw new FairShareProblem("unexpected-answer", 200, "The service's answer has a URL that is none of HTTP.");

    private static HttpRequestMessage WithHeaders(HttpRequestMessage request, IReadOnlyDictionary<string, string>? headers)
    {
        foreach (var (name, value) in headers ?? new Dictionary<string, string>())
        {
            var isTheConnections =
                name.Equals("host", StringComparison.OrdinalIgnoreCase)
                || name.Equals("content-length", StringComparison.OrdinalIgnoreCase);
            if (!isTheConnections && !request.Headers.TryAddWithoutValidation(name, value))
            {
                request.Content!.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return request;
    }
}
