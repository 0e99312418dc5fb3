using FairShare.Core.Encoding;
using FairShare.Core.Errors;

namespace FairShare.Core.Keys;

/// <summary>Reads public EC keys from JWK text, and nothing that merely resembles one.</summary>
internal static class JsonWebKeyReader
{
    private const int Limit = 1024;

    public static PublicKey Read(string jwk)
    {
        try
        {
            return Read(JsonMembers.Parse(Bounded(jwk), "jwk"));
        }
        catch (TokenException fault)
        {
            throw PublicKey.Refuse(fault.Message);
        }
    }

    private static PublicKey Read(JsonMembers members)
    {
        if (members.Has("d"))
        {
            throw new ProtocolException(
                "private-key-disclosed",
                "The JWK holds a private key; make a new key and send its public half only."
            );
        }

        Require(members.Text("kty") == "EC" && members.Text("crv") == "P-256", "The JWK is not an EC key of P-256.");
        Require(members.OptionalText("alg") is null or "ES256", "The JWK is for another algorithm than ES256.");
        Require(members.OptionalText("use") is null or "sig", "The JWK is for another use than signatures.");
        var key = PublicKey.FromCoordinates(members.Text("x"), members.Text("y"));
        Require(
            (members.OptionalText("kid") ?? key.Thumbprint.ToString()) == key.Thumbprint.ToString(),
            "The JWK's kid is not its thumbprint."
        );
        members.RefuseOthers();
        return key;
    }

    private static byte[] Bounded(string jwk)
    {
        Require(jwk.Length <= Limit, "The JWK is too long.");
        return System.Text.Encoding.UTF8.GetBytes(jwk);
    }

    private static void Require(bool holds, string message)
    {
        if (!holds)
        {
            throw PublicKey.Refuse(message);
        }
    }
}
