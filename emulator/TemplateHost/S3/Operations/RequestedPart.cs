using System.Globalization;
using System.Xml.Linq;
using TemplateHost.Kernel;
using TemplateHost.S3.Checksums;
using TemplateHost.S3.Model;

namespace TemplateHost.S3.Operations;

/// <summary>A part as a completion names it.</summary>
internal sealed record RequestedPart(int Number, string ETag, IReadOnlyDictionary<string, string> Checksums)
{
    public static RequestedPart Read(XElement part) =>
        new(
            int.TryParse(S3Xml.Child(part, "PartNumber"), CultureInfo.InvariantCulture, out var number)
                ? number
                : throw S3Errors.MalformedXml(),
            S3Xml.Child(part, "ETag")?.Trim('"') ?? throw S3Errors.MalformedXml(),
            ChecksumAlgorithm
                .All.Where(algorithm => S3Xml.Child(part, algorithm.Element) is not null)
                .ToDictionary(algorithm => algorithm.Name, algorithm => S3Xml.Child(part, algorithm.Element)!)
        );

    /// <summary>The uploaded part that is meant.</summary>
    /// <exception cref="AwsException">InvalidPart, or InvalidRequest where a composite checksum lacks the checksum of a part.</exception>
    public ObjectPart Match(MultipartUpload upload, List<ObjectPart> uploaded)
    {
        var part = uploaded.Find(candidate => candidate.Number == Number && candidate.ETag == ETag) ?? throw S3Errors.InvalidPart();
        if (upload.Algorithm is null || upload.ChecksumType != Checksum.Composite)
        {
            return part;
        }

        return !Checksums.TryGetValue(upload.Algorithm, out var checksum)
                ? throw new AwsException(
                    "InvalidRequest",
                    $"The upload was created using a {upload.Algorithm.ToLowerInvariant()} checksum. The complete request must "
                        + $"include the checksum for each part. It was missing for part {Number} in the request."
                )
            : checksum == part.Checksum ? part
            : throw S3Errors.InvalidPart();
    }
}
