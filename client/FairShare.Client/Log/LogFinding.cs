namespace FairShare.Client.Log;

/// <summary>What a monitor has against a log.</summary>
/// <param name="Code"><c>fork</c>, <c>shrink</c>, <c>gap</c>, <c>forged-entry</c>, <c>backdated</c> or <c>unsigned</c>; stable.</param>
/// <param name="Detail">One sentence for people.</param>
/// <param name="Evidence">The notes that show it, which others can verify by themselves.</param>
public sealed record LogFinding(string Code, string Detail, IReadOnlyList<string> Evidence);
