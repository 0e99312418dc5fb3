using System.Text;
using Microsoft.AspNetCore.Http;
using TemplateHost.Gateway;
using TemplateHost.Gateway.Faults;
using TemplateHost.Kernel;
using TemplateHost.Storage;

namespace TemplateHost.Hosting;

/// <summary>The API port: hands every request to the HTTP API of the template.</summary>
internal sealed class ApiFront(HostParts parts, FaultPoint faults)
{
    /// <summary>API Gateway's payload limit, 10 MB.</summary>
    private const int LargestBody = 10 * 1024 * 1024;

    public async Task<AwsResponse> HandleAsync(WireRequest wire, CancellationToken cancellationToken)
    {
        if (parts.Api is null)
        {
            return Message(404, "Not Found");
        }

        // A preflight is answered by the rules; it carries nothing.
        if (wire.Method != "OPTIONS" && BrowserOrigin.ForeignTo(wire) is { } origin && !parts.Api.AllowsOrigin(origin))
        {
            return Message(403, "Forbidden");
        }

        try
        {
            var body = await BodyBuffer.ReadAsync(wire, cancellationToken, LargestBody);
            return await faults.RunAsync(
                "execute-api",
                wire.Method,
                wire.RawPath,
                repeatable: true,
                () => ServeAsync(parts.Api, wire, body, cancellationToken),
                cancellationToken
            );
        }
        catch (StoreUnavailableException)
        {
            return Message(500, "Internal Server Error");
        }
        catch (BadHttpRequestException)
        {
            return Message(400, "Bad Request");
        }
        catch (AwsException refusal)
        {
            return refusal.Status switch
            {
                413 => Message(413, "Request Entity Too Large"),
                429 => Message(429, "Too Many Requests"),
                _ => Message(500, "Internal Server Error"),
            };
        }
    }

    private static async Task<AwsResponse> ServeAsync(IHttpApi api, WireRequest wire, byte[] body, CancellationToken cancellationToken) =>
        Write(await api.HandleAsync(Read(wire, body), cancellationToken));

    private static HttpApiRequest Read(WireRequest wire, byte[] body) =>
        new(
            wire.Method,
            wire.RawPath,
            wire.RawQuery,
            wire.Headers.ToDictionary(header => header.Key.ToLowerInvariant(), header => header.Value),
            body,
            wire.RemoteAddress,
            wire.Protocol
        );

    private static AwsResponse Write(HttpApiResponse answer)
    {
        var response = new AwsResponse
        {
            Status = answer.Status,
            Body = answer.Body,
            RepeatedHeaders = answer.Headers,
        };
        return response;
    }

    /// <summary>An answer in API Gateway's own words.</summary>
    public static AwsResponse Message(int status, string message)
    {
        var response = new AwsResponse { Status = status, Body = Encoding.UTF8.GetBytes($"{{\"message\":\"{message}\"}}") };
        response.Headers["Content-Type"] = "application/json";
        return response;
    }
}
