using FairShare.Client.Transfers;
using FairShare.Core.Digests;
using FairShare.Exchange.Evidence;

namespace FairShare.Client.Evidence;

/// <summary>Compares a file with what evidence says of the document.</summary>
internal static class DocumentChecks
{
    /// <summary>Compares size and digest.</summary>
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

        var actual = await FileDigest
            .ComputeAsync(file.FullName, described.Form.PartSize, progress, cancellationToken)
            .ConfigureAwait(false);
        return
        [
            new EvidenceCheck("document.size", actual.Size == described.Size, $"{actual.Size} bytes"),
            described.Digest is null
                ? new EvidenceCheck("document.digest", false, "before the receipt the evidence commits to a digest that it does not state")
                : new EvidenceCheck(
                    "document.digest",
                    actual.Digest == described.Digest,
                    $"{actual.Digest.Method.Name()} {actual.Digest.Value}"
                ),
        ];
    }
}
