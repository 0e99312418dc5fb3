namespace FairShare.Client.Files;

/// <summary>A file of a profile is not what was written there.</summary>
/// <param name="file">The file.</param>
/// <param name="next">What to do about it: one sentence or two.</param>
/// <param name="why">What is wrong with it, as a sentence.</param>
public sealed class DamagedFileProblem(string file, string next, string? why = null) : Exception($"{file} is damaged{why ?? "."}")
{
    /// <summary>What to do about it.</summary>
    public string Next { get; } = next;
}
