using System.Text.Json;

namespace FairShare.Contracts.Parties;

/// <summary>A public key of a party or of the store, as <c>keys.json</c> holds it.</summary>
/// <param name="Kid">The thumbprint.</param>
/// <param name="Party">The owner.</param>
/// <param name="Kind"><c>self</c> or <c>kms</c>: who holds the private key.</param>
/// <param name="Jwk">The public JWK.</param>
/// <param name="NotBefore">The first instant at which it may sign.</param>
/// <param name="NotAfter">The first instant at which it may no longer sign.</param>
/// <param name="RetiredAt">When its owner retired it, or null.</param>
/// <param name="CmkId">The KMS key, where the store holds the private key; only in the answer to the registration.</param>
/// <param name="Certificate">The store's sealed certificate of it; null for keys that are older than certificates.</param>
/// <param name="Retirement">The store's sealed record of its retirement; null where there is none.</param>
public sealed record KeyView(
    string Kid,
    string Party,
    string Kind,
    JsonElement Jwk,
    DateTimeOffset NotBefore,
    DateTimeOffset NotAfter,
    DateTimeOffset? RetiredAt = null,
    string? CmkId = null,
    string? Certificate = null,
    string? Retirement = null
);

/// <summary>A list of keys, also the form of <c>keys.json</c>.</summary>
public sealed record KeyList(IReadOnlyList<KeyView> Keys);

/// <summary>A page of keys, newest first; <paramref name="Cursor"/> is null on the last.</summary>
public sealed record KeyPage(IReadOnlyList<KeyView> Keys, string? Cursor = null);

/// <summary>A single-use nonce and until when it may be used.</summary>
public sealed record NonceGrant(string Nonce, DateTimeOffset Due);

/// <summary>A key to be registered: <c>self</c> with key, nonce and proof, or <c>kms</c> without them.</summary>
/// <param name="Kind"><c>self</c> or <c>kms</c>.</param>
/// <param name="Jwk">The public JWK.</param>
/// <param name="Nonce">The store's nonce.</param>
/// <param name="Proof">The proof of possession.</param>
/// <param name="DiscloseEmail">Whether the certificate tells the address that the user pool has verified; false by default.</param>
/// <param name="Name">What the party calls itself in the certificate: a name as documents have; null for nothing.</param>
public sealed record KeyRequest(
    string Kind,
    JsonElement? Jwk = null,
    string? Nonce = null,
    string? Proof = null,
    bool? DiscloseEmail = null,
    string? Name = null
);

/// <summary>A retired key.</summary>
public sealed record RetiredKey(string Kid, DateTimeOffset RetiredAt);

/// <summary>Octets to be signed by a held key.</summary>
public sealed record SignatureRequest(string SigningInput);

/// <summary>A whole compact JWS.</summary>
public sealed record SignatureAnswer(string Signature);
