using System.Text.Json.Nodes;
using TemplateHost.Cognito.Storage;
using TemplateHost.Kernel;

namespace TemplateHost.Cognito.Tokens;

/// <summary>Verifies tokens by their issuer: the pools of this host.</summary>
internal sealed class TokenVerifier(HostContext host, TokenSigner signer) : ITokenVerifier
{
    /// <summary>The issuer that a pool's tokens name.</summary>
    public static string IssuerOf(HostContext host, string poolId) => $"https://cognito-idp.{host.Region}.amazonaws.com/{poolId}";

    /// <summary>The claims of a token that the issuer signed; null for any other, and for an issuer that is no pool of this host.</summary>
    public JsonObject? Verify(string token, string issuer)
    {
        var pool = host.Store.Read(session => PoolTables.Pool(session, issuer[(issuer.LastIndexOf('/') + 1)..]));
        return
            pool is not null
            && IssuerOf(host, pool.Id) == issuer
            && signer.Verify(pool, token) is { } claims
            && claims["iss"]?.ToString() == issuer
            ? claims
            : null;
    }
}
