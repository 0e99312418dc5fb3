using System.Text;
using FairShare.Local.Gateway;
using Microsoft.AspNetCore.Http;

namespace FairShare.Local.Hosting;

/// <summary>The API port: hands every request to the HTTP API of the template.</summary>
internal sealed class ApiFront(HostParts parts)
{
    /// <summary>API Gateway's payload limit, 10 MB.</summary>
    private const int LargestBody = 10 * 1024 * 1024;

    public async Task<AwsResponse> HandleAsync(WireRequest wire, CancellationToken cancellationToken)
    {
        if (parts.Api is null)
        {
            return Message(404, "Not Found");
        }

        try
        {
            var body = await BodyBuffer.ReadAsync(wire, cancellationToken, LargestBody);
            return Write(await parts.Api.HandleAsync(Read(wire, body), cancellationToken));
        }
        catch (BadHttpRequestException)
        {
            return Message(400, "Bad Request");
        }
        catch (AwsException tooLarge) when (tooLarge.Status == 413)
        {
            return Message(413, "Request Entity Too Large");
        }
    }

    private static HttpApiRequest Read(WireRequest wire, byte[] body) => new(
        wire.Method,
        wire.RawPath,
        wire.RawQuery,
        wire.Headers.ToDictionary(header => header.Key.ToLowerInvariant(), header => header.Value),
        body,
        wire.RemoteAddress,
        wire.Protocol);

    private static AwsResponse Write(HttpApiResponse answer)
    {
        var response = new AwsResponse { Status = answer.Status, Body = answer.Body, RepeatedHeaders = answer.Headers };
        return response;
    }

    private static AwsResponse Message(int status, string message)
    {
        var response = new AwsResponse { Status = status, Body = Encoding.UTF8.GetBytes($"{{\"message\":\"{message}\"}}") };
        response.Headers["Content-Type"] = "application/json";
        return response;
    }
}
