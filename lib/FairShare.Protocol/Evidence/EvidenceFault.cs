using FairShare.Protocol.Errors;

namespace FairShare.Protocol.Evidence;

/// <summary>Every reason for which evidence is refused; a closed set.</summary>
public enum EvidenceFault
{
    /// <summary><c>token-too-large</c>: more than 16 KiB.</summary>
    TokenTooLarge,

    /// <summary><c>malformed-jws</c>: not three parts of canonical base64url, or not a 64-byte signature.</summary>
    MalformedJws,

    /// <summary><c>malformed-json</c>: header or payload is not one JSON object in UTF-8.</summary>
    MalformedJson,

    /// <summary><c>duplicate-member</c>: a member stands twice.</summary>
    DuplicateMember,

    /// <summary><c>unknown-member</c>: a member that does not belong there.</summary>
    UnknownMember,

    /// <summary><c>missing-member</c>: a member that this kind must have is absent.</summary>
    MissingMember,

    /// <summary><c>invalid-member</c>: a member of another type, form or range, or times in the wrong order.</summary>
    InvalidMember,

    /// <summary><c>unsupported-algorithm</c>: <c>alg</c> is not ES256.</summary>
    UnsupportedAlgorithm,

    /// <summary><c>unknown-kind</c>: <c>typ</c> names no kind of evidence.</summary>
    UnknownKind,

    /// <summary><c>wrong-kind</c>: evidence of another kind than expected.</summary>
    WrongKind,

    /// <summary><c>unknown-key</c>: no key has the token's <c>kid</c>.</summary>
    UnknownKey,

    /// <summary><c>wrong-signer</c>: the key is another party's.</summary>
    WrongSigner,

    /// <summary><c>wrong-holder</c>: <c>hold</c> does not say who holds the key.</summary>
    WrongHolder,

    /// <summary><c>key-not-valid</c>: the key is not yet valid, no longer valid, or retired.</summary>
    KeyNotValid,

    /// <summary><c>bad-signature</c>: the signature is not that key's over those octets.</summary>
    BadSignature,

    /// <summary><c>statement-mismatch</c>: a member differs from what the verifier expects.</summary>
    StatementMismatch,

    /// <summary><c>outside-time</c>: <c>gen</c> is too early, or in the future.</summary>
    OutsideTime,
}

/// <summary>The stable codes of faults.</summary>
public static class EvidenceFaults
{
    /// <summary>The code, for example <c>malformed-jws</c>.</summary>
    public static string Code(this EvidenceFault fault) =>
        fault switch
        {
            EvidenceFault.TokenTooLarge => "token-too-large",
            EvidenceFault.MalformedJws => "malformed-jws",
            EvidenceFault.MalformedJson => "malformed-json",
            EvidenceFault.DuplicateMember => "duplicate-member",
            EvidenceFault.UnknownMember => "unknown-member",
            EvidenceFault.MissingMember => "missing-member",
            EvidenceFault.InvalidMember => "invalid-member",
            EvidenceFault.UnsupportedAlgorithm => "unsupported-algorithm",
            EvidenceFault.UnknownKind => "unknown-kind",
            EvidenceFault.WrongKind => "wrong-kind",
            EvidenceFault.UnknownKey => "unknown-key",
            EvidenceFault.WrongSigner => "wrong-signer",
            EvidenceFault.WrongHolder => "wrong-holder",
            EvidenceFault.KeyNotValid => "key-not-valid",
            EvidenceFault.BadSignature => "bad-signature",
            EvidenceFault.StatementMismatch => "statement-mismatch",
            EvidenceFault.OutsideTime => "outside-time",
            _ => throw new ArgumentOutOfRangeException(nameof(fault)),
        };
}

/// <summary>Evidence that is refused before it could be compared with anything.</summary>
/// <param name="fault">Why.</param>
/// <param name="member">The member concerned, for example <c>doc.size</c>, or null.</param>
/// <param name="message">One sentence for people.</param>
public sealed class EvidenceException(EvidenceFault fault, string? member, string message)
    : ProtocolException(member is null ? fault.Code() : $"{fault.Code()}:{member}", message)
{
    /// <summary>Why.</summary>
    public EvidenceFault Fault { get; } = fault;

    /// <summary>The member concerned, or null.</summary>
    public string? Member { get; } = member;
}
