using System.Security.Cryptography;
using System.Text;

namespace FairShare.Vault.Age;

/// <summary>The header of an age v1 file as it was read: its stanzas, the octets under its MAC, and the MAC.</summary>
/// <param name="Stanzas">One or more.</param>
/// <param name="Authenticated">Everything up to and including <c>---</c>.</param>
/// <param name="Mac">32 bytes.</param>
internal sealed record AgeHeader(IReadOnlyList<AgeStanza> Stanzas, byte[] Authenticated, byte[] Mac)
{
    /// <summary>The first line.</summary>
    public const string Version = "age-encryption.org/v1";

    /// <summary>The beginning of a stanza.</summary>
    public const string StanzaPrefix = "-> ";

    /// <summary>The beginning of the last line.</summary>
    public const string MacPrefix = "---";

    /// <summary>Base64 symbols of a full line of a stanza's body; the line that ends the body is shorter.</summary>
    public const int BodyColumns = 64;

    /// <summary>Writes a header with one stanza whose body fits on one line.</summary>
    public static byte[] Write(AgeStanza stanza, AgeFileKey fileKey)
    {
        var arguments = string.Join(' ', [stanza.Type, .. stanza.Arguments]);
        var authenticated = Encoding.ASCII.GetBytes($"{Version}\n{StanzaPrefix}{arguments}\n{AgeBase64.Encode(stanza.Body)}\n{MacPrefix}");
        return [.. authenticated, .. Encoding.ASCII.GetBytes($" {AgeBase64.Encode(fileKey.HeaderMac(authenticated))}\n")];
    }

    /// <summary>Refuses a header whose MAC is not the file key's.</summary>
    /// <exception cref="AgeException"><see cref="AgeFault.Hmac"/>.</exception>
    public void RequireMac(AgeFileKey fileKey)
    {
        if (!CryptographicOperations.FixedTimeEquals(fileKey.HeaderMac(Authenticated), Mac))
        {
            throw new AgeException(AgeFault.Hmac, "The header was changed: its MAC does not fit.");
        }
    }
}
