namespace FairShare.Core.Errors;

/// <summary>Every reason for which a signed token is refused; a closed set.</summary>
public enum TokenFault
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

    /// <summary><c>not-canonical</c>: the members are all right, but not written in the one form that evidence has.</summary>
    NotCanonical,

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
public static class TokenFaults
{
    /// <summary>The code, for example <c>malformed-jws</c>.</summary>
    public static string Code(this TokenFault fault) =>
        fault switch
        {
            TokenFault.TokenTooLarge => "token-too-large",
            TokenFault.MalformedJws => "malformed-jws",
            TokenFault.MalformedJson => "malformed-json",
            TokenFault.DuplicateMember => "duplicate-member",
            TokenFault.UnknownMember => "unknown-member",
            TokenFault.MissingMember => "missing-member",
            TokenFault.InvalidMember => "invalid-member",
            TokenFault.NotCanonical => "not-canonical",
            TokenFault.UnsupportedAlgorithm => "unsupported-algorithm",
            TokenFault.UnknownKind => "unknown-kind",
            TokenFault.WrongKind => "wrong-kind",
            TokenFault.UnknownKey => "unknown-key",
            TokenFault.WrongSigner => "wrong-signer",
            TokenFault.WrongHolder => "wrong-holder",
            TokenFault.KeyNotValid => "key-not-valid",
            TokenFault.BadSignature => "bad-signature",
            TokenFault.StatementMismatch => "statement-mismatch",
            TokenFault.OutsideTime => "outside-time",
            _ => throw new ArgumentOutOfRangeException(nameof(fault)),
        };
}
