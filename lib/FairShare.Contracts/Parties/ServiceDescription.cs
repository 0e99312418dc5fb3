using System.Text.Json;

namespace FairShare.Contracts.Parties;

/// <summary>The discovery document, <c>GET /.well-known/fairshare</c>.</summary>
/// <param name="Name">The service's name.</param>
/// <param name="Ttp">The document store's party id, <c>ttp</c> of all evidence.</param>
/// <param name="Policy">The policy under which evidence is made.</param>
/// <param name="Region">The AWS region.</param>
/// <param name="Identity">Where to sign up and log in.</param>
/// <param name="MaxSinglePut">The largest document of one PUT, in bytes.</param>
/// <param name="Deadline">Bounds of an exchange's deadline.</param>
/// <param name="Keys">The store's sealing keys, past ones included.</param>
/// <param name="Log">The transparency log of all evidence.</param>
/// <param name="Page">Where the web page is, for example <c>https://page.example</c>; left out where the service knows of none.</param>
/// <param name="Version">The release that runs, and behind a plus sign the commit that it was built from.</param>
public sealed record ServiceDescription(
    string Name,
    string Ttp,
    string Policy,
    string Region,
    IdentityDescription Identity,
    long MaxSinglePut,
    DeadlineBounds Deadline,
    IReadOnlyList<SealKey> Keys,
    LogDescription Log,
    string? Page = null,
    string? Version = null
);

/// <summary>The transparency log of all evidence.</summary>
/// <param name="Origin">Its origin, the first line of its checkpoints.</param>
/// <param name="Keys">Its verifier keys, past ones included, the present one first.</param>
public sealed record LogDescription(string Origin, IReadOnlyList<string> Keys);

/// <summary>The user pool.</summary>
/// <param name="Endpoint">Where Cognito's API answers.</param>
/// <param name="UserPoolId">The pool.</param>
/// <param name="ClientId">The application client.</param>
public sealed record IdentityDescription(string Endpoint, string UserPoolId, string ClientId);

/// <summary>Seconds from step 5 to the deadline.</summary>
public sealed record DeadlineBounds(long Min, long Default, long Max);

/// <summary>A public key of the document store's seal.</summary>
public sealed record SealKey(string Kid, JsonElement Jwk, string Use, DateTimeOffset NotBefore, DateTimeOffset NotAfter);
