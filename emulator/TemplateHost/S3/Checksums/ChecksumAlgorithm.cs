using System.Security.Cryptography;
using TemplateHost.Kernel;

namespace TemplateHost.S3.Checksums;

/// <summary>One of S3's checksum algorithms.</summary>
/// <param name="Name">As in headers and XML: <c>SHA256</c>, <c>CRC32</c>, ….</param>
/// <param name="Length">Octets of a value.</param>
internal sealed record ChecksumAlgorithm(string Name, int Length, Func<IRollingHash> Create)
{
    public static ChecksumAlgorithm Sha256 { get; } = new("SHA256", 32, () => new CryptographicHash(HashAlgorithmName.SHA256));

    public static IReadOnlyList<ChecksumAlgorithm> All { get; } =
    [
        Sha256,
        new("SHA1", 20, () => new CryptographicHash(HashAlgorithmName.SHA1)),
        new("CRC32", 4, () => new Crc(0xEDB88320, 4)),
        new("CRC32C", 4, () => new Crc(0x82F63B78, 4)),
        new("CRC64NVME", 8, () => new Crc(0x9A6C9329AC4BC9B5, 8)),
    ];

    public string Header => $"x-amz-checksum-{Name.ToLowerInvariant()}";

    /// <summary>The element of a multipart upload's XML.</summary>
    public string Element => $"Checksum{Name}";

    /// <exception cref="AwsException">InvalidRequest: no such algorithm.</exception>
    public static ChecksumAlgorithm Named(string name) =>
        All.FirstOrDefault(algorithm => algorithm.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? throw new AwsException(
            "InvalidRequest",
            "Checksum algorithm provided is unsupported. Please try again with any of the valid types: [CRC32, CRC32C, "
                + "CRC64NVME, SHA1, SHA256]"
        );
}

/// <param name="Value">In base64; of a composite one, followed by a dash and the number of parts.</param>
/// <param name="Type">FULL_OBJECT or COMPOSITE.</param>
internal sealed record Checksum(string Algorithm, string Value, string Type)
{
    public const string FullObject = "FULL_OBJECT";
    public const string Composite = "COMPOSITE";
}
