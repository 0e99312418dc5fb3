using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using TemplateHost.Gateway.Faults;
using TemplateHost.Gateway.Signing;
using TemplateHost.Kernel;

namespace TemplateHost.Gateway;

/// <summary>The way in for every AWS request: route, authenticate, serve, and write refusals in the service's own format.</summary>
internal sealed class AwsGateway(
    ServiceDirectory services,
    Authenticator authenticator,
    FaultPoint faults,
    IRandomSource random,
    Func<CallPoint, string, string>? rewrite,
    Action<string, Exception> fault
)
{
    public async Task<AwsResponse> HandleAsync(WireRequest wire, CancellationToken cancellationToken)
    {
        var signature = SignatureClaim.Try(wire);
        var name = ServiceRouter.Find(wire, signature.Claim);
        var service = services.Find(name) ?? new UnservedService(name);
        var request = Unauthenticated(wire, name);
        var response = await ServeAsync(service, wire, request, signature, cancellationToken);
        response.Headers.TryAdd("x-amzn-RequestId", request.RequestId);
        return response;
    }

    private async Task<AwsResponse> ServeAsync(
        IAwsService service,
        WireRequest wire,
        AwsRequest request,
        (SignatureClaim? Claim, FormatException? Fault) signature,
        CancellationToken cancellationToken
    )
    {
        try
        {
            if (BrowserOrigin.ForeignTo(wire) is { } origin && !service.AllowsOrigin(request, origin))
            {
                throw new AwsException(
                    "AccessDenied",
                    $"A page of {origin} may not call this service: no CORS rule of the template allows it.",
                    403
                );
            }

            var authenticated = Rewrite(
                await authenticator.AuthenticateAsync(wire, request, signature, service.AllowsAnonymous(request), cancellationToken)
            );
            var repeatable = authenticated.Body.CanSeek || authenticated.ContentLength is null or 0;
            var operation = request.Header("X-Amz-Target")?.Split('.')[^1];
            return await faults.RunAsync(
                request.Service,
                operation ?? request.Method,
                operation is null ? request.RawPath : null,
                repeatable,
                () => HandleAsync(service, authenticated, cancellationToken),
                cancellationToken
            );
        }
        catch (AwsException refusal)
        {
            return service.WriteError(refusal, request);
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            // Nobody is there any more to answer.
            throw;
        }
        catch (Exception broken) when (broken is BadHttpRequestException or ConnectionResetException or ConnectionAbortedException)
        {
            // The client left in the middle of its body; perhaps it still reads.
            return service.WriteError(Incomplete(request), request);
        }
        catch (ConnectionCutException)
        {
            throw;
        }
        catch (IOException unavailable)
        {
            // The disk is full or fails: the service's own internal error, which clients try again after.
            fault($"{request.Service} {request.Method} {request.RawPath} {request.Header("X-Amz-Target")}", unavailable);
            return service.WriteError(FaultErrors.Internal(request.Service), request);
        }
#pragma warning disable CA1031 // A fault of the host is an answer too: AWS's internal error.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            fault($"{request.Service} {request.Method} {request.RawPath} {request.Header("X-Amz-Target")}", exception);
            return service.WriteError(
                new AwsException("InternalFailure", "The request processing has failed because of an unknown error.", 500),
                request
            );
        }
    }

    private AwsRequest Rewrite(AwsRequest request)
    {
        if (rewrite is null || CallOrigin.Current is not { } origin || request.Header("X-Amz-Target") is not { } target)
        {
            return request;
        }

        var call = new CallPoint(origin.Name, request.Service, target.Split('.')[^1]);
        var changed = System.Text.Encoding.UTF8.GetBytes(rewrite(call, System.Text.Encoding.UTF8.GetString(request.Octets.Span)));
        return request with { Body = new MemoryStream(changed), Octets = changed, ContentLength = changed.Length };
    }

    private static Task<AwsResponse> HandleAsync(IAwsService service, AwsRequest request, CancellationToken cancellationToken)
    {
        if (request.Body.CanSeek)
        {
            request.Body.Position = 0;
        }

        return service.HandleAsync(request, cancellationToken);
    }

    /// <summary>The body ended before its declared length.</summary>
    private static AwsException Incomplete(AwsRequest request) =>
        request.Protocol switch
        {
            WireProtocol.S3 => new(
                "IncompleteBody",
                "You did not provide the number of bytes specified by the Content-Length HTTP header."
            ),
            WireProtocol.Query or WireProtocol.Ec2 or WireProtocol.RestXml => new(
                "MalformedInput",
                "The body is shorter than its declared length."
            ),
            _ => new("SerializationException", "The body is shorter than its declared length."),
        };

    private AwsRequest Unauthenticated(WireRequest wire, string service) =>
        new()
        {
            Service = service,
            Protocol = ServiceRouter.ProtocolOf(service, wire),
            Method = wire.Method,
            RawPath = wire.RawPath,
            Query = QueryText.Parse(wire.RawQuery),
            Headers = wire.Headers,
            Body = wire.Body,
            ContentLength = wire.ContentLength,
            Caller = Caller.Anonymous,
            RequestId = random.Uuid(),
        };
}
