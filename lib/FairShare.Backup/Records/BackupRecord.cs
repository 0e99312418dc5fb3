using FairShare.Core.Digests;
using FairShare.Core.Encoding;
using FairShare.Core.Errors;
using FairShare.Core.Identifiers;
using FairShare.Core.Jose;
using FairShare.Core.Keys;

namespace FairShare.Backup.Records;

/// <summary>A signed record of a backup: a compact JWS, ES256, strict in its form. Whether it is true is for its reader to say.</summary>
public sealed class BackupRecord
{
    private readonly CompactJws jws;

    private BackupRecord(CompactJws jws, RecordKind kind, KeyId keyId, RecordMembers members)
    {
        (this.jws, Kind, KeyId, Members) = (jws, kind, keyId, members);
        Text = $"{jws.SigningInput}.{Base64UrlText.Encode(jws.Signature)}";
        Hash = Sha256Digest.Of(CompactJws.Octets(jws.SigningInput));
    }

    /// <summary>The compact JWS.</summary>
    public string Text { get; }

    /// <summary>The kind, from the header's <c>typ</c>.</summary>
    public RecordKind Kind { get; }

    /// <summary>The signing key, from the header's <c>kid</c>.</summary>
    public KeyId KeyId { get; }

    /// <summary>What the record says.</summary>
    public RecordMembers Members { get; }

    /// <summary>SHA-256 of the signed octets, the signature excluded.</summary>
    public Sha256Digest Hash { get; }

    /// <summary>Signs a record.</summary>
    /// <exception cref="TokenException">The members are not exactly those of the kind.</exception>
    public static async ValueTask<BackupRecord> SignAsync(
        RecordKind kind,
        RecordMembers members,
        ITokenSigner signer,
        CancellationToken cancellationToken = default
    )
    {
        RecordShape.Require(kind, members.Values);
        var input = CompactJws.Join(TokenHeader.Write(kind.ToString(), signer.KeyId), RecordJson.Write(kind, members.Values));
        var signature = await signer.SignAsync(CompactJws.Octets(input), cancellationToken).ConfigureAwait(false);
        return Parse($"{input}.{Base64UrlText.Encode(signature)}", kind);
    }

    /// <summary>Reads a record strictly: at most 16 KiB, canonical base64url, and exactly the members of its kind.</summary>
    /// <exception cref="TokenException">Any fault of form; <see cref="TokenFault.WrongKind"/>.</exception>
    public static BackupRecord Parse(string text, RecordKind expected)
    {
        var jws = CompactJws.Split(text);
        var (type, key) = TokenHeader.Read(jws.Header);
        return type == expected.ToString()
            ? new BackupRecord(jws, expected, key, new RecordMembers(RecordJson.Read(expected, jws.Payload)))
            : throw new TokenException(TokenFault.WrongKind, null, $"This is not a {expected}.");
    }

    /// <summary>Reads a record and requires that a key signed it.</summary>
    /// <exception cref="TokenException">As <see cref="Parse"/>; <see cref="TokenFault.UnknownKey"/>, <see
    /// cref="TokenFault.BadSignature"/>.</exception>
    public static BackupRecord Verify(string text, RecordKind expected, PublicKey key)
    {
        var record = Parse(text, expected);
        return record.KeyId != key.Thumbprint ? throw new TokenException(TokenFault.UnknownKey, null, "Another key signed the record.")
            : record.IsSignedBy(key) ? record
            : throw new TokenException(TokenFault.BadSignature, null, "The signature does not verify.");
    }

    /// <summary>Whether the signature is this key's.</summary>
    public bool IsSignedBy(PublicKey key) => jws.IsSignedBy(key);
}
