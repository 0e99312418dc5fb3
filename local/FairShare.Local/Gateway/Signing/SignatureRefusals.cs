namespace FairShare.Local.Gateway.Signing;

/// <summary>What each family of services calls a request that it cannot authenticate: S3, the Query services, and the JSON services differ.</summary>
internal sealed class SignatureRefusals(string service)
{
    private const string Mismatch =
        "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method.";

    private readonly bool isS3 = service == "s3";
    private readonly bool isQuery = service is "sts" or "iam" or "cloudformation";

    public AwsException Unsigned() => isQuery
        ? new("MissingAuthenticationToken", "Request is missing Authentication Token", 403)
        : new("MissingAuthenticationTokenException", "Missing Authentication Token", 403);

    public AwsException Malformed(string why, bool presigned) => isS3
        ? new(presigned ? "AuthorizationQueryParametersError" : "AuthorizationHeaderMalformed", why)
        : new(isQuery ? "IncompleteSignature" : "IncompleteSignatureException", why, isQuery ? 400 : 403);

    public AwsException UnknownKey() => isS3
        ? new("InvalidAccessKeyId", "The AWS Access Key Id you provided does not exist in our records.", 403)
        : isQuery ? new("InvalidClientTokenId", "The security token included in the request is invalid.", 403)
        : new("UnrecognizedClientException", "The security token included in the request is invalid.");

    public AwsException WrongRegion(string given, string region) => isS3
        ? new("AuthorizationHeaderMalformed", $"The authorization header is malformed; the region '{given}' is wrong; expecting '{region}'")
        {
            Members = new Dictionary<string, System.Text.Json.Nodes.JsonNode?> { ["Region"] = region },
        }
        : Bad("Credential should be scoped to a valid region.");

    public AwsException WrongService(string expected) => Bad($"Credential should be scoped to correct service: '{expected}'.");

    public AwsException Skewed(DateTimeOffset signed, DateTimeOffset now) => isS3
        ? new("RequestTimeTooSkewed", "The difference between the request time and the current time is too large.", 403)
        : Bad(signed < now
            ? $"Signature expired: {signed:yyyyMMdd'T'HHmmss'Z'} is now earlier than {now.AddMinutes(-15):yyyyMMdd'T'HHmmss'Z'} ({now:yyyyMMdd'T'HHmmss'Z'} - 15 min.)"
            : $"Signature not yet current: {signed:yyyyMMdd'T'HHmmss'Z'} is still later than {now.AddMinutes(15):yyyyMMdd'T'HHmmss'Z'} ({now:yyyyMMdd'T'HHmmss'Z'} + 15 min.)");

    public AwsException PresignedExpired() => isS3 ? new("AccessDenied", "Request has expired", 403) : Bad("Signature expired.");

    public AwsException TokenExpired() => isS3
        ? new("ExpiredToken", "The provided token has expired.")
        : isQuery ? new("ExpiredToken", "The security token included in the request is expired", 403)
        : new("ExpiredTokenException", "The security token included in the request is expired");

    public AwsException NotMatching() => isS3
        ? new("SignatureDoesNotMatch", Mismatch, 403)
        : Bad(Mismatch + " Consult the service documentation for details.");

    public static AwsException HeadersNotSigned(IEnumerable<string> names) =>
        new("AccessDenied", $"There were headers present in the request which were not signed: {string.Join(", ", names)}", 403);

    private AwsException Bad(string why) => isQuery ? new("SignatureDoesNotMatch", why, 403) : new("InvalidSignatureException", why, 403);
}
