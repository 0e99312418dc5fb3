namespace FairShare.Contracts.Http;

/// <summary>An answer that is no JSON: octets as they are.</summary>
/// <param name="Content">The octets.</param>
/// <param name="MediaType">What they are.</param>
/// <param name="IsImmutable">Whether the same call will always be answered so.</param>
public sealed record RawContent(byte[] Content, string MediaType, bool IsImmutable);
