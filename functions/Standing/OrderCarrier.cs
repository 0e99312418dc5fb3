using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using FairShare.Contracts;
using FairShare.Contracts.Backup;
using FairShare.Contracts.Http;
using FairShare.Functions.Outbound;

namespace FairShare.Functions.Standing;

/// <summary>Calls peers with orders that others have signed. What a peer answers is kept as it came; who reads it verifies it.</summary>
/// <param name="http">A connection that follows no redirection.</param>
internal sealed class OrderCarrier(HttpClient http)
{
    private const int LongestCode = 64;

    /// <summary>Gives an order to a peer.</summary>
    /// <returns>The answer; or why there is none, and whether the peer may answer later.</returns>
    public async Task<(string? Failure, string Answer, bool IsAway)> CarryAsync(
        string url,
        string backup,
        string step,
        PeerOrder order,
        CancellationToken cancellationToken
    )
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(order, ContractJson.Lenient.TypeOf<PeerOrder>());
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        try
        {
            using var response = await http.PostAsync($"{url.TrimEnd('/')}/peer/backups/{backup}/{step}", content, cancellationToken);
            var text = Encoding.UTF8.GetString(await response.Content.ReadAsByteArrayAsync(cancellationToken));
            return response.StatusCode == HttpStatusCode.OK
                ? (StandingSteps.FailureOf(step, text), text, false)
                : (CodeOf(text), text, response.StatusCode is >= HttpStatusCode.InternalServerError or HttpStatusCode.TooManyRequests);
        }
        catch (HttpRequestException failure) when (failure.InnerException is AddressRefusedException)
        {
            return ("address-refused", "", false);
        }
        catch (Exception fault)
            when (fault is HttpRequestException or IOException or SocketException
                || (fault is OperationCanceledException && !cancellationToken.IsCancellationRequested)
            )
        {
            return ("unreachable", "", true);
        }
    }

    private static string CodeOf(string problem)
    {
        try
        {
            return
                JsonSerializer.Deserialize(problem, ContractJson.Lenient.TypeOf<ProblemDetails>())?.Code is { Length: <= LongestCode } code
                ? code
                : StandingSteps.BadAnswer;
        }
        catch (JsonException)
        {
            return StandingSteps.BadAnswer;
        }
    }
}
