using System.Net.Http.Headers;
using System.Text;
using FairShare.Core.Digests;
using FairShare.Testing;
using FairShare.Timestamps.Requests;
using Xunit;

namespace FairShare.Scenarios.Tests.Timestamps;

/// <summary>Asks the store's time-stamping authority, as a party does.</summary>
internal static class Stamping
{
    /// <summary>Sends a query.</summary>
    public static async Task<HttpResponseMessage> SendAsync(TestHost host, string? accessToken, byte[] query)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, host.Embedded.ApiUrl.TrimEnd('/') + "/timestamp")
        {
            Content = new ByteArrayContent(query),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/timestamp-query");
        request.Headers.Authorization = accessToken is null ? null : new AuthenticationHeaderValue("Bearer", accessToken);
        return await host.Http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>Has a text stamped.</summary>
    /// <returns>The authority's answer.</returns>
    public static async Task<byte[]> StampAsync(TestParty party, string text)
    {
        var imprint = Sha256Digest.Of(Encoding.ASCII.GetBytes(text));
        using var response = await SendAsync(
            party.Host,
            party.AccessToken,
            new TimestampRequest(imprint, new byte[] { 1 }, WantsCertificate: true).Write()
        );
        return await response.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
    }
}
