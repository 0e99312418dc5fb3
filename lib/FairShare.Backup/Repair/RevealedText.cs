namespace FairShare.Backup.Repair;

/// <summary>What the recipient of one sealed text shows, so that everybody sees what was sealed for it.</summary>
/// <param name="From">The index of the peer that sent the text.</param>
/// <param name="Shared">The point that opens it; nothing where the text shows by itself that it is none.</param>
/// <param name="Proof">That the recipient's key gives this point.</param>
public sealed record RevealedText(int From, ReadOnlyMemory<byte> Shared, ReadOnlyMemory<byte> Proof);
