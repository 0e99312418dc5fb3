namespace FairShare.Client.Evidence;

/// <summary>A file of a profile's own evidence is not what was written there.</summary>
/// <param name="file">The file.</param>
public sealed class DamagedEvidenceProblem(string file) : Exception($"{file} is damaged: it is not the evidence that was kept there.");
