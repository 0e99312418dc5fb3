namespace FairShare.Client.Parties;

/// <summary>What the certificate of a key tells of its party, to everybody who sees evidence that the key signed.</summary>
/// <param name="DisclosesEmail">Whether it tells the address that the user pool has verified.</param>
/// <param name="Name">What the party calls itself; null for nothing.</param>
public sealed record CertifiedIdentity(bool DisclosesEmail, string? Name)
{
    /// <summary>The party's id alone.</summary>
    public static CertifiedIdentity None { get; } = new(false, null);
}
