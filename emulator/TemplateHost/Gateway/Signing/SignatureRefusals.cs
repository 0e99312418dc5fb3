using TemplateHost.Kernel;

namespace TemplateHost.Gateway.Signing;

/// <summary>
/// What each family of services calls a request that it cannot authenticate; see "Common errors" of each service's reference.
/// </summary>
internal sealed class SignatureRefusals(string service, WireProtocol protocol)
{
    private const string Mismatch =
        "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access "
        + "Key and signing method.";

    /// <summary>How far the clocks of caller and service may be apart: five minutes, at S3 fifteen.</summary>
    public TimeSpan LargestSkew => TimeSpan.FromMinutes(IsS3 ? 15 : 5);

    private bool IsS3 => protocol == WireProtocol.S3;

    private bool IsXml => protocol is WireProtocol.Query or WireProtocol.Ec2 or WireProtocol.RestXml;

    /// <summary>
    /// Services of the JSON protocol answer 400 to what they cannot authenticate; SQS kept the status of its older protocol.
    /// </summary>
    private int JsonStatus => protocol == WireProtocol.Json && service != "sqs" ? 400 : 403;

    public AwsException Unsigned() =>
        IsS3 ? new("AccessDenied", "Access Denied", 403)
        : IsXml ? new("MissingAuthenticationToken", "Request is missing Authentication Token", 403)
        : new("MissingAuthenticationTokenException", "Missing Authentication Token", JsonStatus);

    public AwsException Malformed(string why, bool presigned) =>
        IsS3 ? new(presigned ? "AuthorizationQueryParametersError" : "AuthorizationHeaderMalformed", why)
        : IsXml ? new("IncompleteSignature", why)
        : new("IncompleteSignatureException", why, JsonStatus);

    public AwsException UnknownKey() =>
        IsS3 ? new("InvalidAccessKeyId", "The AWS Access Key Id you provided does not exist in our records.", 403)
        : IsXml ? new("InvalidClientTokenId", "The security token included in the request is invalid.", 403)
        : new("UnrecognizedClientException", "The security token included in the request is invalid.", JsonStatus);

    public AwsException WrongRegion(string given, string region) =>
        IsS3
            ? new(
                "AuthorizationHeaderMalformed",
                $"The authorization header is malformed; the region '{given}' is wrong; expecting '{region}'"
            )
            {
                Members = new Dictionary<string, System.Text.Json.Nodes.JsonNode?> { ["Region"] = region },
            }
            : Bad("Credential should be scoped to a valid region.");

    public AwsException WrongService(string expected) => Bad($"Credential should be scoped to correct service: '{expected}'.");

    public AwsException Skewed(DateTimeOffset signed, DateTimeOffset now)
    {
        var minutes = LargestSkew.TotalMinutes;
        return IsS3
            ? new("RequestTimeTooSkewed", "The difference between the request time and the current time is too large.", 403)
            : Bad(
                signed < now
                    ? $"Signature expired: {Basic(signed)} is now earlier than {Basic(now - LargestSkew)} ({Basic(now)} - {minutes} min.)"
                    : $"Signature not yet current: {Basic(signed)} is still later than {Basic(now + LargestSkew)} ({Basic(now)} + "
                        + $"{minutes} min.)"
            );
    }

    public AwsException PresignedExpired() => IsS3 ? new("AccessDenied", "Request has expired", 403) : Bad("Signature expired.");

    public AwsException TokenExpired() =>
        IsS3 ? new("ExpiredToken", "The provided token has expired.")
        : IsXml ? new("ExpiredToken", "The security token included in the request is expired", 403)
        : new("ExpiredTokenException", "The security token included in the request is expired", JsonStatus);

    public AwsException NotMatching() =>
        IsS3 ? new("SignatureDoesNotMatch", Mismatch, 403) : Bad(Mismatch + " Consult the service documentation for details.");

    public static AwsException HeadersNotSigned(IEnumerable<string> names) =>
        new("AccessDenied", "There were headers present in the request which were not signed", 403)
        {
            Members = new Dictionary<string, System.Text.Json.Nodes.JsonNode?> { ["HeadersNotSigned"] = string.Join(", ", names) },
        };

    private AwsException Bad(string why) =>
        IsXml ? new("SignatureDoesNotMatch", why, 403) : new("InvalidSignatureException", why, JsonStatus);

    private static string Basic(DateTimeOffset time) => $"{time:yyyyMMdd'T'HHmmss'Z'}";
}
