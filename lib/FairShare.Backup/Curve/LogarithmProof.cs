using System.Security.Cryptography;
using FairShare.Core.Identifiers;

namespace FairShare.Backup.Curve;

/// <summary>
/// Shows that one number x makes the multiples x·B of some points B, without showing x: Schnorr's proof of knowledge for one point, and
/// Chaum and Pedersen's of equal logarithms (Crypto '92) for several. The challenge is a hash of all points and of what the proof is for.
/// </summary>
public static class LogarithmProof
{
    /// <summary>The octets of a proof: challenge and response.</summary>
    public const int Size = 2 * Scalar.Size;

    /// <summary>Makes a proof.</summary>
    /// <param name="secret">x, not zero.</param>
    /// <param name="bases">The points B.</param>
    /// <param name="context">What it is for: it holds for nothing else.</param>
    /// <param name="randomness">Where the one-time number comes from.</param>
    public static byte[] Prove(Scalar secret, IReadOnlyList<CurvePoint> bases, ReadOnlySpan<byte> context, IRandomness randomness)
    {
        var once = Scalar.Random(randomness);
        var challenge = Challenge(bases, bases.Select(point => secret * point), bases.Select(point => once * point), context);
        return [.. challenge.ToBytes(), .. (once + (challenge * secret)).ToBytes()];
    }

    /// <summary>Whether a proof holds.</summary>
    /// <param name="proof">The proof.</param>
    /// <param name="bases">The points B.</param>
    /// <param name="multiples">The points x·B, in the same order.</param>
    /// <param name="context">What it is for.</param>
    public static bool Holds(
        ReadOnlySpan<byte> proof,
        IReadOnlyList<CurvePoint> bases,
        IReadOnlyList<CurvePoint> multiples,
        ReadOnlySpan<byte> context
    )
    {
        if (
            proof.Length != Size
            || Scalar.TryRead(proof[..Scalar.Size]) is not { } challenge
            || Scalar.TryRead(proof[Scalar.Size..]) is not { } response
        )
        {
            return false;
        }

        var negative = Scalar.Zero - challenge;
        var sent = bases.Zip(multiples, (point, multiple) => (response * point) + (negative * multiple)).ToList();
        return !sent.Exists(point => point.IsInfinity) && Challenge(bases, multiples, sent, context) == challenge;
    }

    private static Scalar Challenge(
        IEnumerable<CurvePoint> bases,
        IEnumerable<CurvePoint> multiples,
        IEnumerable<CurvePoint> sent,
        ReadOnlySpan<byte> context
    )
    {
        var points = bases.Concat(multiples).Concat(sent).SelectMany(point => point.ToBytes());
        return Scalar.OfHash(SHA512.HashData([.. "fairshare.backup.v1 logarithm "u8, .. points, .. context]));
    }
}
