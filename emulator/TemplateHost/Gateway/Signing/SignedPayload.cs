using System.Globalization;
using TemplateHost.Kernel;

namespace TemplateHost.Gateway.Signing;

/// <summary>
/// S3's payloads: declared by digest, unsigned, or streamed in chunks; see "Signature calculations: transferring a payload" of the S3
/// reference.
/// </summary>
internal static class SignedPayload
{
    private static readonly string[] Conditions = ["If-Match", "If-None-Match", "If-Modified-Since", "If-Unmodified-Since"];

    private const string NotSigned = "UNSIGNED-PAYLOAD";
    private const string Chunks = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD";
    private const string ChunksAndTrailer = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER";
    private const string UnsignedChunksAndTrailer = "STREAMING-UNSIGNED-PAYLOAD-TRAILER";

    /// <summary>What stands for the payload in the canonical request.</summary>
    public static string DeclaredDigest(WireRequest wire, SignatureClaim claim)
    {
        var header = wire.Header("x-amz-content-sha256");
        if (claim.IsPresigned)
        {
            var fromQuery = QueryText.Parse(wire.RawQuery).Find(pair => pair.Key == "X-Amz-Content-Sha256").Value;
            return claim.SignedHeaders.Contains("x-amz-content-sha256") ? header ?? NotSigned : fromQuery ?? NotSigned;
        }

        return header ?? throw new AwsException("InvalidRequest", "Missing required header for this request: x-amz-content-sha256");
    }

    public static AwsRequest Unwrap(WireRequest wire, AwsRequest request, SignatureClaim claim, string declared, VerifiedSignature verified)
    {
        var authenticated = claim.IsPresigned
            ? request with
            {
                Caller = verified.Caller,
                Headers = WithHoisted(wire),
            }
            : request with
            {
                Caller = verified.Caller,
            };
        return declared switch
        {
            NotSigned => authenticated,
            Chunks or ChunksAndTrailer => Chunked(wire, authenticated, new ChunkSignatures(verified.Key, claim)),
            UnsignedChunksAndTrailer => Chunked(wire, authenticated, null),
            { Length: 64 } when declared.All(char.IsAsciiHexDigitLower) => authenticated with
            {
                Body = new DigestCheckedStream(wire.Body, declared),
            },
            _ => throw new AwsException(
                "InvalidArgument",
                $"x-amz-content-sha256 must be {NotSigned}, {UnsignedChunksAndTrailer}, {Chunks}, {ChunksAndTrailer} or a valid "
                    + "sha256 value."
            ),
        };
    }

    /// <summary>An unsigned request may still come in chunks.</summary>
    public static AwsRequest Unsigned(WireRequest wire, AwsRequest request) =>
        wire.Header("x-amz-content-sha256") == UnsignedChunksAndTrailer ? Chunked(wire, request, null) : request;

    private static AwsRequest Chunked(WireRequest wire, AwsRequest request, ChunkSignatures? signatures)
    {
        var length = long.TryParse(wire.Header("x-amz-decoded-content-length"), CultureInfo.InvariantCulture, out var given)
            ? given
            : throw new AwsException("MissingContentLength", "You must provide the Content-Length HTTP header.", 411);
        var trailers = new Dictionary<string, string>();
        return request with
        {
            Body = new AwsChunkedStream(wire.Body, signatures, trailers, length),
            ContentLength = length,
            Trailers = trailers,
        };
    }

    /// <summary>Signers may move x-amz-* headers and conditions into the query of a presigned URL; they are headers there, too.</summary>
    private static Dictionary<string, string> WithHoisted(WireRequest wire)
    {
        var headers = new Dictionary<string, string>(wire.Headers, StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in QueryText.Parse(wire.RawQuery))
        {
            if (name.StartsWith("x-amz-", StringComparison.Ordinal) || Conditions.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                headers.TryAdd(name, value);
            }
        }

        return headers;
    }
}
