using FairShare.Exchange.Evidence;

namespace FairShare.Cli.Demo.Vault;

/// <summary>What the demonstration came to.</summary>
/// <param name="Checks">What was shown, and whether it was so.</param>
/// <param name="Files">How many files were stored.</param>
/// <param name="Bytes">Bytes of content.</param>
/// <param name="ObjectSize">Bytes that the service stored.</param>
/// <param name="Metered">What the services would have billed for a put, an open and a done; null where nobody asked.</param>
internal sealed record VaultDemoOutcome(
    IReadOnlyList<EvidenceCheck> Checks,
    int Files,
    long Bytes,
    long ObjectSize,
    (MeterReading First, MeterReading Next)? Metered
)
{
    public bool Holds => Checks.All(check => check.Passed);
}
