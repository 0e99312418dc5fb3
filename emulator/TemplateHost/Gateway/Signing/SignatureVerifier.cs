using System.Security.Cryptography;
using System.Text;
using TemplateHost.Identity;
using TemplateHost.Kernel;

namespace TemplateHost.Gateway.Signing;

/// <summary>Verifies Signature Version 4: who signed, for what, when, and that nothing was changed since.</summary>
internal sealed class SignatureVerifier(
    RootAccount root,
    RoleSessions sessions,
    TimeProvider time,
    TimeProvider callerTime,
    string region,
    string accountId
)
{
    /// <param name="payloadDigest">The payload's digest as the request declares it, or as it was computed.</param>
    /// <exception cref="AwsException">The request is not what its signer signed.</exception>
    public VerifiedSignature Verify(WireRequest request, SignatureClaim claim, string payloadDigest, SignatureRefusals refusals)
    {
        if (claim.Scope.Region != region && claim.Scope.Service is not ("iam" or "sts"))
        {
            throw refusals.WrongRegion(claim.Scope.Region, region);
        }

        DemandTimely(claim, refusals);
        var session = SessionOf(claim, refusals);
        DemandSignedHeaders(request, claim, refusals);
        var key = new SigningKey(session.SecretAccessKey, claim.Scope);
        var expected = key.SignRequest(request, claim, payloadDigest);
        return CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(expected), Encoding.ASCII.GetBytes(claim.Signature))
            ? new VerifiedSignature(session.Caller, key)
            : throw refusals.NotMatching();
    }

    private void DemandTimely(SignatureClaim claim, SignatureRefusals refusals)
    {
        // The service presigns by the host's clock; requests are signed by the caller's.
        var now = (claim.IsPresigned ? time : callerTime).GetUtcNow();
        if (claim.SignedAt is not { } signed || !claim.Time.StartsWith(claim.Scope.Date, StringComparison.Ordinal))
        {
            throw refusals.Malformed("The date in the credential scope does not match the request's date.", claim.IsPresigned);
        }

        if (claim.Lifetime is { } lifetime && now >= signed + lifetime)
        {
            throw refusals.PresignedExpired();
        }

        if (signed > now + refusals.LargestSkew || (!claim.IsPresigned && signed < now - refusals.LargestSkew))
        {
            throw refusals.Skewed(signed, now);
        }
    }

    private VerifiedSession SessionOf(SignatureClaim claim, SignatureRefusals refusals)
    {
        if (claim.SecurityToken is null)
        {
            return claim.Scope.AccessKeyId == root.AccessKeyId
                ? new VerifiedSession(RootAccount.CallerOf(accountId), root.SecretAccessKey, DateTimeOffset.MaxValue)
                : throw refusals.UnknownKey();
        }

        var session = sessions.Verify(claim.Scope.AccessKeyId, claim.SecurityToken) ?? throw refusals.UnknownKey();
        return session.Expiration > time.GetUtcNow() ? session : throw refusals.TokenExpired();
    }

    private static void DemandSignedHeaders(WireRequest request, SignatureClaim claim, SignatureRefusals refusals)
    {
        if (!claim.SignedHeaders.Contains("host"))
        {
            throw refusals.NotMatching();
        }

        // S3 acts on x-amz-* headers, so none may be added to a signed request; the digest header says nothing but what the signature
        // covers.
        var loose = request
            .Headers.Keys.Select(name => name.ToLowerInvariant())
            .Where(name =>
                name.StartsWith("x-amz-", StringComparison.Ordinal) && name != "x-amz-content-sha256" && !claim.SignedHeaders.Contains(name)
            )
            .ToList();
        if (claim.Scope.Service == "s3" && loose.Count > 0)
        {
            throw SignatureRefusals.HeadersNotSigned(loose);
        }
    }
}

/// <summary>A signature that holds.</summary>
/// <param name="Key">The key it was made with, which also signs the chunks of a streamed payload.</param>
internal sealed record VerifiedSignature(Caller Caller, SigningKey Key);
