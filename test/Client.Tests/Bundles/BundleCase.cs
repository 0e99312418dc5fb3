namespace FairShare.Client.Tests.Bundles;

/// <summary>A bundle that verifiers judge.</summary>
/// <param name="Name">What is wrong with it.</param>
/// <param name="Fault">The failed check that names it, with the beginning of its detail; null when nothing is wrong.</param>
/// <param name="Archive">The archive.</param>
internal sealed record BundleCase(string Name, string? Fault, byte[] Archive);
