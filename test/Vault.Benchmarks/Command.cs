namespace FairShare.Vault.Benchmarks;

/// <summary>A command of the shell that is measured.</summary>
/// <param name="Name">What the row says.</param>
/// <param name="Script">Runs in the benchmark's folder.</param>
/// <param name="Needs">Programs without which the row is left out.</param>
internal sealed record Command(string Name, string Script, params string[] Needs);
