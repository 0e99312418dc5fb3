using System.Text;
using System.Text.Json;
using FairShare.Core.Digests;
using FairShare.Core.Encoding;
using FairShare.Core.Errors;
using FairShare.Log.Merkle;

namespace FairShare.Log.Leaves;

/// <summary>
/// What the log says of a token: its kind and its hash, so that whoever has the token can compute it, and nobody else learns anything.
/// </summary>
public sealed record LogLeaf
{
    /// <summary>The first line of every leaf.</summary>
    public const string Header = "fairshare/evidence@1";

    private const int KindLimit = 64;
    private const string NoToken = "A token is a JWS in compact serialisation, whose header names its kind.";

    /// <param name="kind">The token's kind, as its header's <c>typ</c> has it: 1 to 64 letters and digits of ASCII.</param>
    /// <param name="tokenHash">The SHA-256 of what was signed, without the signature.</param>
    /// <exception cref="ProtocolException"><c>invalid-leaf</c>: no such kind.</exception>
    public LogLeaf(string kind, Sha256Digest tokenHash)
    {
        if (kind.Length is 0 or > KindLimit || !kind.All(char.IsAsciiLetterOrDigit))
        {
            throw Refuse("A leaf's kind is 1 to 64 letters and digits.");
        }

        (Kind, TokenHash) = (kind, tokenHash);
    }

    /// <summary>The token's kind.</summary>
    public string Kind { get; }

    /// <summary>The token's hash.</summary>
    public Sha256Digest TokenHash { get; }

    /// <summary>Three lines: the header, the kind, and the hash as 43 characters of base64url; each ends with a newline.</summary>
    public string Text => $"{Header}\n{Kind}\n{TokenHash}\n";

    /// <summary>The leaf's octets: its text in ASCII.</summary>
    public byte[] ToEntry() => Encoding.ASCII.GetBytes(Text);

    /// <summary>The leaf's hash in the tree.</summary>
    public Sha256Digest Hash() => TreeHash.OfLeaf(ToEntry());

    /// <summary>The leaf of a token, by its text alone: nothing of it is verified.</summary>
    /// <param name="token">A JWS in compact serialisation, whose header has a <c>typ</c>.</param>
    /// <exception cref="ProtocolException"><c>invalid-leaf</c>: it is not one.</exception>
    public static LogLeaf OfToken(string token)
    {
        var end = token.LastIndexOf('.');
        var header = token.Split('.', 2)[0];
        if (end <= header.Length || !Base64UrlText.TryDecode(header, out var json))
        {
            throw Refuse(NoToken);
        }

        try
        {
            using var document = JsonDocument.Parse(json);
            return new LogLeaf(
                document.RootElement.GetProperty("typ").GetString() ?? "",
                Sha256Digest.Of(Encoding.ASCII.GetBytes(token[..end]))
            );
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw Refuse(NoToken);
        }
    }

    /// <summary>Reads an entry of a log.</summary>
    /// <exception cref="ProtocolException"><c>invalid-leaf</c>: not the text of a leaf.</exception>
    public static LogLeaf Parse(ReadOnlySpan<byte> entry) =>
        Encoding.UTF8.GetString(entry).Split('\n') is [Header, var kind, var hash, ""] && Sha256Digest.TryParse(hash, out var tokenHash)
            ? new LogLeaf(kind, tokenHash)
            : throw Refuse("An entry of the log is not a leaf: three lines, of which the first is " + Header + ".");

    private static ProtocolException Refuse(string message) => new("invalid-leaf", message);
}
