using System.Text.Json;

namespace FairShare.Client.Http;

/// <summary>The discovery document, <c>GET /.well-known/fairshare</c>.</summary>
/// <param name="Name">The service's name.</param>
/// <param name="Ttp">The document store's party id, <c>ttp</c> of all evidence.</param>
/// <param name="Policy">The policy under which evidence is made.</param>
/// <param name="Region">The AWS region.</param>
/// <param name="Identity">Where to sign up and log in.</param>
/// <param name="MaxSinglePut">The largest document of one PUT, in bytes.</param>
/// <param name="Deadline">Bounds of an exchange's deadline.</param>
/// <param name="Keys">The store's sealing keys, past ones included.</param>
public sealed record ServiceDescription(
    string Name,
    string Ttp,
    string Policy,
    string Region,
    IdentityDescription Identity,
    long MaxSinglePut,
    DeadlineBounds Deadline,
    IReadOnlyList<SealKey> Keys
);

/// <summary>The user pool.</summary>
/// <param name="Endpoint">Where Cognito's API answers.</param>
/// <param name="UserPoolId">The pool.</param>
/// <param name="ClientId">The application client.</param>
public sealed record IdentityDescription(string Endpoint, string UserPoolId, string ClientId);

/// <summary>Seconds from step 5 to the deadline.</summary>
public sealed record DeadlineBounds(long Min, long Default, long Max);

/// <summary>A public key of the document store's seal.</summary>
public sealed record SealKey(string Kid, JsonElement Jwk, string Use, DateTimeOffset NotBefore, DateTimeOffset NotAfter);

/// <summary>A public key of a party or of the store, as <c>keys.json</c> holds it.</summary>
/// <param name="Kid">The thumbprint.</param>
/// <param name="Party">The owner.</param>
/// <param name="Kind"><c>self</c> or <c>kms</c>: who holds the private key.</param>
/// <param name="Jwk">The public JWK.</param>
/// <param name="NotBefore">The first instant at which it may sign.</param>
/// <param name="NotAfter">The first instant at which it may no longer sign.</param>
/// <param name="RetiredAt">When its owner retired it, or null.</param>
public sealed record KeyView(
    string Kid,
    string Party,
    string Kind,
    JsonElement Jwk,
    DateTimeOffset NotBefore,
    DateTimeOffset NotAfter,
    DateTimeOffset? RetiredAt = null
);

/// <summary>A list of keys, also the form of <c>keys.json</c>.</summary>
public sealed record KeyList(IReadOnlyList<KeyView> Keys);

/// <summary>A single-use nonce and until when it may be used.</summary>
public sealed record NonceGrant(string Nonce, DateTimeOffset Due);

/// <summary>A key to be registered: <c>self</c> with all members, or <c>kms</c> alone.</summary>
public sealed record KeyRequest(string Kind, JsonElement? Jwk = null, string? Nonce = null, string? Proof = null);

/// <summary>A registered key.</summary>
public sealed record RegisteredKey(
    string Kid,
    string Kind,
    JsonElement Jwk,
    DateTimeOffset NotBefore,
    DateTimeOffset NotAfter,
    string? CmkId = null
);

/// <summary>A retired key.</summary>
public sealed record RetiredKey(string Kid, DateTimeOffset RetiredAt);

/// <summary>Octets to be signed by a held key.</summary>
public sealed record SignatureRequest(string SigningInput);

/// <summary>A whole compact JWS.</summary>
public sealed record SignatureAnswer(string Signature);
