using System.Text.Json.Nodes;

namespace TemplateHost.Kernel;

/// <summary>Who knows the issuers of tokens.</summary>
internal interface ITokenVerifier
{
    /// <summary>The claims of a token that the issuer signed; null for any other, and for an issuer that is not of this host.</summary>
    JsonObject? Verify(string token, string issuer);
}
