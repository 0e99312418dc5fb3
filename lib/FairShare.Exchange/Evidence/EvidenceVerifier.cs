using FairShare.Core.Errors;
using FairShare.Core.Identifiers;
using FairShare.Core.Keys;

namespace FairShare.Exchange.Evidence;

/// <summary>Decides whether a token is the evidence that the verifier expects.</summary>
public static class EvidenceVerifier
{
    /// <summary>
    /// Checks, in this order: form; kind; the key is known, belongs to the expected signer, is held as <c>hold</c> says and is valid at
    /// <paramref name="at"/>; the signature; every member; the time. The first failure is the verdict. Changes nothing; repeats give the
    /// same.
    /// </summary>
    /// <param name="token">The compact JWS as received.</param>
    /// <param name="expected">What it must say; its null <c>Id</c>, <c>Gen</c>, <c>Hold</c> and <c>Reason</c> mean any well-formed
    /// value.</param>
    /// <param name="keys">Finds a key by its thumbprint, or gives null.</param>
    /// <param name="at">The verifier's time.</param>
    /// <param name="skew">
    /// How far the signer's clock may be off: <c>gen</c> lies in <c>[expected.EarliestGen - skew, at + skew]</c>; that of an evidence of
    /// origin not before <c>expected.EarliestGen</c> at all.
    /// </param>
    public static EvidenceVerdict Verify(
        string token,
        EvidenceStatement expected,
        Func<KeyId, PartyKey?> keys,
        DateTimeOffset at,
        TimeSpan skew
    )
    {
        if (!EvidenceToken.TryParse(token, out var parsed, out var refusal))
        {
            return new EvidenceVerdict.Refused(refusal);
        }

        return Verify(parsed, expected, keys(parsed.KeyId), at, skew) is { } fault
            ? new EvidenceVerdict.Refused(fault)
            : new EvidenceVerdict.Accepted(parsed);
    }

    /// <summary>Verifies a token that is parsed already.</summary>
    /// <param name="token">The token.</param>
    /// <param name="expected">What it must say.</param>
    /// <param name="key">The key that it names; null when there is none.</param>
    /// <param name="at">When it was received.</param>
    /// <param name="skew">How far the signer's clock may be off.</param>
    /// <returns>Why it is refused, or null.</returns>
    public static TokenRefusal? Verify(EvidenceToken token, EvidenceStatement expected, PartyKey? key, DateTimeOffset at, TimeSpan skew) =>
        KindFault(token, expected)
        ?? KeyFault(token, expected, key, at, TimeSpan.Zero)
        ?? SignatureFault(token, key)
        ?? MemberFault(token, expected)
        ?? TimeFault(token, expected, at, skew);

    internal static TokenRefusal? KindFault(EvidenceToken token, EvidenceStatement expected) =>
        token.Kind == expected.Kind ? null : new(TokenFault.WrongKind, $"This is {token.Kind}; expected was {expected.Kind}.");

    internal static TokenRefusal? KeyFault(
        EvidenceToken token,
        EvidenceStatement expected,
        PartyKey? key,
        DateTimeOffset at,
        TimeSpan skew
    ) =>
        key switch
        {
            null => new(TokenFault.UnknownKey, "No key has the token's kid."),
            _ when key.KeyId != token.KeyId || key.Key.Thumbprint != token.KeyId => new(
                TokenFault.UnknownKey,
                "The key found is not the one that kid names."
            ),
            _ when key.Owner != expected.Signer => new(
                TokenFault.WrongSigner,
                "The key belongs to another party than the one that must sign."
            ),
            _ when token.Statement.Hold is { } hold && hold != key.Holder => new(
                TokenFault.WrongHolder,
                "The token names another holder of the key than there is."
            ),
            _ when !key.IsValidAt(at, skew) => new(
                TokenFault.KeyNotValid,
                "The key is not valid at this time: too early, expired or retired."
            ),
            _ when token.Kind == EvidenceKind.EvidenceOfOrigin && token.Statement.Gen < key.NotBefore => new(
                TokenFault.KeyNotValid,
                "The evidence of origin says that it was made before its key was valid."
            ),
            _ => null,
        };

    internal static TokenRefusal? SignatureFault(EvidenceToken token, PartyKey? key) =>
        key is not null && token.IsSignedBy(key.Key) ? null : new(TokenFault.BadSignature, "The signature does not verify.");

    internal static TokenRefusal? MemberFault(EvidenceToken token, EvidenceStatement expected) =>
        StatementComparison.FirstMismatch(expected, token.Statement) is { } member
            ? new(TokenFault.StatementMismatch, $"The member {member} differs from what must be stated.", member)
            : null;

    internal static TokenRefusal? TimeFault(EvidenceToken token, EvidenceStatement expected, DateTimeOffset at, TimeSpan skew) =>
        token.Statement.Gen - at > skew || expected.EarliestGen - token.Statement.Gen > SkewBefore(expected, skew)
            ? new(TokenFault.OutsideTime, "The time of generation is too early, or in the future.", "gen")
            : null;

    // The uploader was told when it announced, so its clock is no excuse for evidence from before that.
    private static TimeSpan SkewBefore(EvidenceStatement expected, TimeSpan skew) =>
        expected.Kind == EvidenceKind.EvidenceOfOrigin ? TimeSpan.Zero : skew;
}
