using FairShare.Client.Transfers;
using FairShare.Core.Digests;
using FairShare.Exchange.Evidence;

namespace FairShare.Client.Evidence;

/// <summary>Compares a file with what evidence says of the document.</summary>
internal static class DocumentChecks
{
    /// <summary>Compares size and digest; where the evidence only commits to the digest, the size alone.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static async Task<IReadOnlyList<EvidenceCheck>> RunAsync(
        DocumentDescription described,
        string path,
        Action<TransferProgress>? progress,
        CancellationToken cancellationToken
    )
    {
        var file = new FileInfo(path);
        if (file is { Exists: true, Length: 0 })
        {
            return [new EvidenceCheck("document.size", false, "0 bytes")];
        }

        if (described.Digest is null)
        {
            return [new EvidenceCheck("document.size", file.Length == described.Size, $"{file.Length} bytes")];
        }

        var actual = await FileDigest
            .ComputeAsync(file.FullName, described.Form.PartSize, progress, cancellationToken)
            .ConfigureAwait(false);
        var size = new EvidenceCheck("document.size", actual.Size == described.Size, $"{actual.Size} bytes");
        var digest = new EvidenceCheck(
            "document.digest",
            actual.Digest == described.Digest,
            $"{actual.Digest.Method.Name()} {actual.Digest.Value}"
        );
        return [size, digest];
    }
}
