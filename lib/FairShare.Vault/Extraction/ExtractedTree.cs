namespace FairShare.Vault.Extraction;

/// <summary>What was extracted.</summary>
/// <param name="Paths">The full paths of what stood at the archive's root.</param>
/// <param name="Files">How many files, hard links included.</param>
/// <param name="Folders">How many folders.</param>
/// <param name="SymbolicLinks">How many symbolic links.</param>
/// <param name="ContentLength">Bytes of all files, each once.</param>
public sealed record ExtractedTree(IReadOnlyList<string> Paths, int Files, int Folders, int SymbolicLinks, long ContentLength);
