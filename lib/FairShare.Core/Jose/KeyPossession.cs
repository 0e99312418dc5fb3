using FairShare.Core.Encoding;
using FairShare.Core.Errors;
using FairShare.Core.Identifiers;
using FairShare.Core.Keys;

namespace FairShare.Core.Jose;

/// <summary>
/// Proof that who registers a key holds its private half: a JWS over the party's id, the store's nonce, the key's id and, where it was
/// made in the web page, that it was.
/// </summary>
public static class KeyPossession
{
    /// <summary>The header's <c>typ</c>; no evidence has it, so a proof can never pass for evidence.</summary>
    public const string TypeName = "KeyPossession";

    /// <summary>The member <c>made</c> of a key that was made in the web page; others have no such member.</summary>
    public const string Web = "web";

    /// <summary>Makes the proof.</summary>
    /// <param name="party">Whose key it is.</param>
    /// <param name="nonce">The store's nonce.</param>
    /// <param name="signer">The key.</param>
    /// <param name="made">Where the key was made: <see cref="Web"/>, or null for anywhere else.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async ValueTask<string> IssueAsync(
        PartyId party,
        Nonce nonce,
        ITokenSigner signer,
        string? made = null,
        CancellationToken cancellationToken = default
    )
    {
        var payload = TokenJson.Write(json =>
        {
            json.WriteString("party", party.ToString());
            json.WriteString("nonce", nonce.ToString());
            json.WriteString("kid", signer.KeyId.ToString());
            if (made is not null)
            {
                json.WriteString("made", made);
            }
        });
        var input = CompactJws.Join(TokenHeader.Write(TypeName, signer.KeyId), payload);
        var signature = await signer.SignAsync(CompactJws.Octets(input), cancellationToken).ConfigureAwait(false);
        return $"{input}.{Base64UrlText.Encode(signature)}";
    }

    /// <summary>Verifies a proof.</summary>
    /// <param name="proof">The proof.</param>
    /// <param name="party">Whose it must be.</param>
    /// <param name="nonce">The nonce over which it must be made; null for any, when it is verified afterwards.</param>
    /// <param name="key">The key.</param>
    /// <returns>Null when it proves possession; otherwise why it does not.</returns>
    public static TokenRefusal? Verify(string proof, PartyId party, Nonce? nonce, PublicKey key)
    {
        try
        {
            var jws = CompactJws.Split(proof);
            var (type, headerKey) = TokenHeader.Read(jws.Header);
            var payload = JsonMembers.Parse(jws.Payload, "");
            var (statedParty, statedNonce, statedKey) = (payload.Text("party"), payload.Text("nonce"), payload.Text("kid"));
            var made = payload.OptionalText("made");
            payload.RefuseOthers();
            return made is not (null or Web) ? throw payload.Invalid("made")
                : type != TypeName ? new(TokenFault.WrongKind, "The token is not a proof of possession.")
                : headerKey != key.Thumbprint ? Mismatch("header.kid")
                : !jws.IsSignedBy(key) ? new(TokenFault.BadSignature, "The signature does not verify.")
                : statedParty != party.ToString() ? Mismatch("party")
                : nonce is { } wanted && statedNonce != wanted.ToString() ? Mismatch("nonce")
                : statedKey != key.Thumbprint.ToString() ? Mismatch("kid")
                : null;
        }
        catch (TokenException fault)
        {
            return new(fault.Fault, fault.Message, fault.Member);
        }
    }

    /// <summary>Whether a proof says that its key was made in the web page. Nothing is verified.</summary>
    public static bool SaysWeb(string proof)
    {
        try
        {
            return JsonMembers.Parse(CompactJws.Split(proof).Payload, "").OptionalText("made") == Web;
        }
        catch (TokenException)
        {
            return false;
        }
    }

    private static TokenRefusal Mismatch(string member) =>
        new(TokenFault.StatementMismatch, $"The member {member} differs from what must be stated.", member);
}
