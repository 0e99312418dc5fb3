using TemplateHost.Kernel;

namespace TemplateHost.S3.Checksums;

/// <summary>The checksum that an upload says it has, in a header or behind its body.</summary>
/// <param name="InTrailer">Whether the value comes behind the body.</param>
internal sealed record ChecksumClaim(ChecksumAlgorithm Algorithm, string? Value, bool InTrailer)
{
    /// <summary>Null when the upload claims none.</summary>
    /// <exception cref="AwsException">InvalidRequest: several checksums, or one that cannot be a value of its algorithm.</exception>
    public static ChecksumClaim? Read(AwsRequest request)
    {
        var claims = ChecksumAlgorithm
            .All.Where(algorithm => request.Header(algorithm.Header) is not null)
            .Select(algorithm => new ChecksumClaim(algorithm, request.Header(algorithm.Header), InTrailer: false))
            .ToList();
        var trailer = request.Header("x-amz-trailer")?.Trim();
        if (
            ChecksumAlgorithm.All.FirstOrDefault(algorithm => algorithm.Header.Equals(trailer, StringComparison.OrdinalIgnoreCase)) is
            { } announced
        )
        {
            claims.Add(new ChecksumClaim(announced, null, InTrailer: true));
        }

        return claims.Count switch
        {
            0 => null,
            1 => claims[0].InTrailer ? claims[0] : claims[0].Demanded(claims[0].Value),
            _ => throw new AwsException(
                "InvalidRequest",
                "Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed."
            ),
        };
    }

    /// <summary>Compares with what was computed.</summary>
    /// <exception cref="AwsException">BadDigest, or InvalidRequest for a trailer that is no checksum.</exception>
    public void Verify(byte[] computed, IReadOnlyDictionary<string, string> trailers)
    {
        var value = InTrailer ? Demanded(trailers.GetValueOrDefault(Algorithm.Header)).Value : Value;
        if (Convert.ToBase64String(computed) != value)
        {
            throw new AwsException("BadDigest", $"The {Algorithm.Name} you specified did not match the calculated checksum.");
        }
    }

    private ChecksumClaim Demanded(string? value)
    {
        var octets = new byte[Algorithm.Length];
        return value is not null && Convert.TryFromBase64String(value, octets, out var written) && written == Algorithm.Length
            ? this with
            {
                Value = value,
            }
            : throw new AwsException("InvalidRequest", $"Value for {Algorithm.Header} header is invalid.");
    }
}
