using FairShare.Core.Digests;
using FairShare.Core.Errors;

namespace FairShare.Cli.Commands.Exchange;

/// <summary>SHA-256 digests as people have them: base64url, base64, or the hexadecimal digits that <c>sha256sum</c> prints.</summary>
internal static class DigestText
{
    private const int HexLength = 2 * Sha256Digest.ByteLength;

    /// <summary>Reads a digest; of a line of <c>sha256sum</c>, the digest in front.</summary>
    /// <exception cref="ProtocolException"><c>invalid-digest</c>.</exception>
    public static Sha256Digest Parse(string text)
    {
        // sha256sum puts a backslash before a line whose file name it had to escape.
        var word = text.Trim().TrimStart('\\').Split(' ', 2)[0];
        if (Sha256Digest.TryParse(word, out var digest))
        {
            return digest;
        }

        var bytes = new byte[Sha256Digest.ByteLength];
        var isDigest = word.Length == HexLength && Convert.FromHexString(word, bytes, out _, out _) == System.Buffers.OperationStatus.Done;
        isDigest = isDigest || (Convert.TryFromBase64String(word, bytes, out var count) && count == bytes.Length);
        return isDigest
            ? Sha256Digest.FromBytes(bytes)
            : throw new ProtocolException("invalid-digest", "A SHA-256 digest is 64 hexadecimal digits, or base64 of 32 bytes.");
    }

    /// <summary>The hexadecimal digits that <c>sha256sum</c> prints.</summary>
    public static string ToHex(Sha256Digest digest) => Convert.ToHexStringLower(digest.ToBytes());
}
