using FairShare.Core.Encoding;
using FairShare.Core.Errors;
using FairShare.Core.Identifiers;

namespace FairShare.Core.Jose;

/// <summary>A token's protected header: ES256, the key, and what kind of token it is; nothing else (RFC 7515, section 4).</summary>
internal static class TokenHeader
{
    public static byte[] Write(string type, KeyId key) =>
        TokenJson.Write(json =>
        {
            json.WriteString("alg", "ES256");
            json.WriteString("kid", key.ToString());
            json.WriteString("typ", type);
        });

    /// <exception cref="TokenException">It is no such header.</exception>
    public static (string Type, KeyId Key) Read(ReadOnlySpan<byte> octets)
    {
        var header = JsonMembers.Parse(octets, "header");
        if (header.Text("alg") != "ES256")
        {
            throw new TokenException(TokenFault.UnsupportedAlgorithm, null, "Evidence is signed with ES256 and nothing else.");
        }

        var key = header.Convert("kid", header.Text("kid"), KeyId.Parse);
        var type = header.Text("typ");
        header.RefuseOthers();
        return (type, key);
    }
}
