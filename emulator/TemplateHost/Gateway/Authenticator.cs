using TemplateHost.Gateway.Signing;
using TemplateHost.Kernel;

namespace TemplateHost.Gateway;

/// <summary>
/// Turns a request as it came into one whose caller is known and whose payload is verified, at the latest when it is read to its end.
/// </summary>
internal sealed class Authenticator(SignatureVerifier verifier)
{
    /// <exception cref="AwsException">Unsigned, wrongly signed, expired, skewed, or a payload other than the signed one.</exception>
    public async Task<AwsRequest> AuthenticateAsync(
        WireRequest wire,
        AwsRequest request,
        (SignatureClaim? Claim, FormatException? Fault) signature,
        bool allowsAnonymous,
        CancellationToken cancellationToken
    )
    {
        var refusals = new SignatureRefusals(request.Service, request.Protocol);
        // A browser asks before it sends, at the presigned URL but not with its method.
        var isPreflight = request.Service == "s3" && wire.Method == "OPTIONS";
        if (!isPreflight && signature.Fault is { } malformed)
        {
            throw refusals.Malformed(malformed.Message, presigned: wire.Header("Authorization") is null);
        }

        if (isPreflight || signature.Claim is not { } claim)
        {
            return !allowsAnonymous ? throw refusals.Unsigned()
                : request.Service == "s3" ? SignedPayload.Unsigned(wire, request)
                : WithBody(request, await BodyBuffer.ReadAsync(wire, cancellationToken, BodyBuffer.UnsignedLimit));
        }

        if (ServiceRouter.ByTarget(wire) is { } target && target != claim.Scope.Service)
        {
            throw refusals.WrongService(target);
        }

        if (request.Service == "s3")
        {
            var declared = SignedPayload.DeclaredDigest(wire, claim);
            return SignedPayload.Unwrap(wire, request, claim, declared, verifier.Verify(wire, claim, declared, refusals));
        }

        var limit = request.Service == "dynamodb" ? BodyBuffer.LargestLimit : BodyBuffer.UsualLimit;
        var body = await BodyBuffer.ReadAsync(wire, cancellationToken, limit);
        var verified = verifier.Verify(wire, claim, SigningKey.Digest(body), refusals);
        return WithBody(request, body) with { Caller = verified.Caller };
    }

    private static AwsRequest WithBody(AwsRequest request, byte[] body) =>
        request with
        {
            Body = new MemoryStream(body, writable: false),
            Octets = body,
            ContentLength = body.Length,
        };
}
