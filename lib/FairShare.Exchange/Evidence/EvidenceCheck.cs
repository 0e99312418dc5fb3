using FairShare.Core.Errors;
using FairShare.Core.Identifiers;
using FairShare.Core.Keys;

namespace FairShare.Exchange.Evidence;

/// <summary>One thing that was checked.</summary>
/// <param name="Name">What, in stable words, for example <c>nrr.signature</c>.</param>
/// <param name="Passed">Whether it holds.</param>
/// <param name="Detail">What was found; one line.</param>
public sealed record EvidenceCheck(string Name, bool Passed, string Detail)
{
    /// <summary>Why it does not hold; null when it holds.</summary>
    public TokenRefusal? Refusal { get; init; }
}

/// <summary>
/// Collects checks of tokens: form, kind, key, signature, statement and time, each under its own name, all of them even after a failure.
/// </summary>
/// <param name="keys">Keys of the parties and of the store.</param>
/// <param name="origin">Reads a token that stands in others' evidence too; null for none.</param>
internal sealed class EvidenceChecks(IEnumerable<PartyKey> keys, TokenOnce? origin)
{
    private readonly List<EvidenceCheck> checks = [];
    private readonly Dictionary<KeyId, PartyKey> keys = keys.DistinctBy(key => key.KeyId).ToDictionary(key => key.KeyId);

    public IReadOnlyList<EvidenceCheck> All => checks;

    /// <summary>Notes a check of how the tokens fit together.</summary>
    public void Note(string name, bool passed, string detail) =>
        checks.Add(
            new EvidenceCheck(name, passed, detail)
            {
                Refusal = passed ? null : new TokenRefusal(TokenFault.StatementMismatch, $"This does not hold: {detail}.", name),
            }
        );

    /// <summary>Reads a token that must be there; null, with a failed check, when it is missing, malformed or of another kind.</summary>
    public EvidenceToken? Read(string name, string? text, params IReadOnlyList<EvidenceKind> kinds)
    {
        if (text is null)
        {
            Note($"{name}.form", new TokenRefusal(TokenFault.MalformedJws, "The token is missing."), "");
            return null;
        }

        if ((origin ?? new TokenOnce()).Read(text.Trim(), out var refusal) is not { } token)
        {
            Note($"{name}.form", refusal, "");
            return null;
        }

        var fault = kinds.Contains(token.Kind) ? null : new TokenRefusal(TokenFault.WrongKind, $"This is {token.Kind}.");
        Note($"{name}.form", fault, $"a well-formed {token.Kind}");
        return fault is null ? token : null;
    }

    /// <summary>Checks key, signature, statement and time of a token that was read.</summary>
    /// <param name="name">The token's short name.</param>
    /// <param name="token">The token.</param>
    /// <param name="expected">What it must say.</param>
    /// <param name="at">When the document store took or made it: the instant at which the key had to be valid.</param>
    /// <param name="atSkew">How far the clock behind <paramref name="at"/> may be off.</param>
    /// <param name="genSkew">How far the clock behind the token's <c>gen</c> may be off from that of <paramref name="at"/>.</param>
    public void Verify(string name, EvidenceToken token, EvidenceStatement expected, DateTimeOffset at, TimeSpan atSkew, TimeSpan genSkew)
    {
        var key = keys.GetValueOrDefault(token.KeyId);
        Note(
            $"{name}.key",
            EvidenceVerifier.KeyFault(token, expected, key, at, atSkew),
            $"{token.KeyId} is a key of {expected.Signer}, valid then"
        );
        Note($"{name}.signature", EvidenceVerifier.SignatureFault(token, key), "ES256 over the octets as received");
        Note($"{name}.statement", EvidenceVerifier.MemberFault(token, expected), "every member is as it must be");
        Note($"{name}.time", EvidenceVerifier.TimeFault(token, expected, at, genSkew), Timestamp.Format(token.Statement.Gen!.Value));
    }

    private void Note(string name, TokenRefusal? fault, string detail) =>
        checks.Add(new EvidenceCheck(name, fault is null, fault is null ? detail : $"{fault.Code}: {fault.Detail}") { Refusal = fault });
}
