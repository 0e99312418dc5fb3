using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace FairShare.Core.Keys;

/// <summary>
/// A public key as it was imported, for one verification after another: the import takes twice as long as a verification. One is made for
/// each thread that verifies at the same time. All pools are equal, so that keys are equal by value.
/// </summary>
internal sealed class VerifierPool
{
    private readonly ConcurrentBag<ECDsa> free = [];

    /// <summary>Takes one for this thread alone; null when none is free.</summary>
    public ECDsa? Take() => free.TryTake(out var verifier) ? verifier : null;

    /// <summary>Gives one back.</summary>
    public void Give(ECDsa verifier) => free.Add(verifier);

    public override bool Equals(object? obj) => obj is VerifierPool;

    public override int GetHashCode() => 0;
}
