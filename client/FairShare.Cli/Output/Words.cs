using FairShare.Protocol.Evidence;

namespace FairShare.Cli.Output;

/// <summary>Things of the protocol as people read them.</summary>
internal static class Words
{
    /// <summary>The document's digest, or what stands for it until the receipt is given.</summary>
    public static string Of(DocumentDescription document) => document.Digest is { } digest
        ? $"digest {digest.Value}"
        : $"commitment {document.Commitment} (its digest is disclosed with the evidence of origin)";
}
