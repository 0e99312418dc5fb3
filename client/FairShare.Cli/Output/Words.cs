using FairShare.Exchange.Evidence;

namespace FairShare.Cli.Output;

/// <summary>Things of the protocol as people read them.</summary>
internal static class Words
{
    /// <summary>The document's digest, or the commitment that stands for it where the evidence of origin was not released.</summary>
    public static string Of(DocumentDescription document) =>
        document.Digest is { } digest
            ? $"digest {digest.Value}"
            : $"commitment {document.Commitment} (the digest itself is in the evidence of origin, which the receipt releases)";
}
