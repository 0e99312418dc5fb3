using FairShare.Backup.Curve;

namespace FairShare.Backup.Sharing;

/// <summary>What one peer holds of a secret: the values of two polynomials at its index.</summary>
/// <param name="Index">The peer's index, 1 to n.</param>
/// <param name="Value">The value of the polynomial whose constant is the secret.</param>
/// <param name="Blinding">The value of the polynomial that hides the first one in the commitments.</param>
public sealed record SecretShare(int Index, Scalar Value, Scalar Blinding);
