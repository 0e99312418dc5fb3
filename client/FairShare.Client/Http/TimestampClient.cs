using System.Net;
using System.Net.Http.Headers;
using FairShare.Core.Errors;
using FairShare.Timestamps.Requests;
using FairShare.Timestamps.Tokens;

namespace FairShare.Client.Http;

/// <summary>A time-stamping authority that is not the store's (RFC 3161 over HTTP, section 3.4).</summary>
/// <param name="http">The connection.</param>
/// <param name="address">Where it takes requests.</param>
public sealed class TimestampClient(HttpClient http, Uri address)
{
    private const int Limit = 64 * 1024;

    /// <summary>Has a hash stamped; each call gives another stamp.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The whole answer, which is a stamp of that hash.</returns>
    /// <exception cref="ProtocolException"><c>stamp-refused</c>, <c>malformed-stamp</c>, <c>bad-stamp</c>; <c>other-stamp</c>: of something
    /// else. A stamp that verifiers of bundles do not read, for example one by an RSA key, is malformed here.</exception>
    /// <exception cref="HttpRequestException">The authority cannot be reached, or answers with more than 64 KiB.</exception>
    public async Task<byte[]> StampAsync(TimestampRequest request, CancellationToken cancellationToken)
    {
        using var content = new ByteArrayContent(request.Write());
        content.Headers.ContentType = new MediaTypeHeaderValue("application/timestamp-query");
        using var message = new HttpRequestMessage(HttpMethod.Post, address) { Content = content };
        using var response = await http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellationToken)
            .ConfigureAwait(false);
        if (response.StatusCode != HttpStatusCode.OK)
        {
            throw new ProtocolException("stamp-refused", $"The authority answered with status {(int)response.StatusCode}.");
        }

        await response.Content.LoadIntoBufferAsync(Limit, cancellationToken).ConfigureAwait(false);
        return Require(await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false), request);
    }

    /// <summary>Requires that an answer is a stamp of what was asked for.</summary>
    internal static byte[] Require(byte[] answer, TimestampRequest request) =>
        TimestampToken.ParseAnswer(answer).Imprint == request.Imprint
            ? answer
            : throw new ProtocolException("other-stamp", "The authority stamped something else than was asked for.");
}
