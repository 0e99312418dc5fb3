using System.Globalization;
using System.Text;
using FairShare.Core.Errors;

namespace FairShare.Log.Notes;

/// <summary>A private key that signs notes: a witness's, or that of a log that is not kept in KMS.</summary>
public sealed class NoteSigner
{
    private const string Prefix = "PRIVATE+KEY+";
    private readonly byte[] seed;

    /// <param name="name">Whose key it is: no spaces and no plus.</param>
    /// <param name="kind">What it signs.</param>
    /// <param name="seed">The private key's 32 octets (RFC 8032).</param>
    /// <exception cref="ProtocolException"><c>invalid-note-key</c>: no such name, or another length.</exception>
    public NoteSigner(string name, NoteKeyKind kind, ReadOnlySpan<byte> seed)
    {
        if (seed.Length != Ed25519Signature.SeedLength)
        {
            throw Refuse();
        }

        this.seed = seed.ToArray();
        Key = new NoteKey(name, kind, Ed25519Signature.PublicKeyOf(this.seed));
    }

    /// <summary>The key that verifies what this one signs.</summary>
    public NoteKey Key { get; }

    /// <summary>Reads a signer key: <c>PRIVATE+KEY+</c>, name, id, and kind with private key in base64, joined by a plus.</summary>
    /// <exception cref="ProtocolException"><c>invalid-note-key</c>: of another form or kind, or the id is not the key's.</exception>
    public static NoteSigner Parse(string text)
    {
        var material = new byte[Ed25519Signature.SeedLength + 2];
        return
            text.StartsWith(Prefix, StringComparison.Ordinal)
            && text[Prefix.Length..].Split('+', 3) is [var name, var id, var encoded]
            && Convert.TryFromBase64String(encoded, material, out var length)
            && length == Ed25519Signature.SeedLength + 1
            && Enum.IsDefined((NoteKeyKind)material[0])
            && new NoteSigner(name, (NoteKeyKind)material[0], material.AsSpan(1, Ed25519Signature.SeedLength)) is var signer
            && signer.ToSecretText() == $"{Prefix}{name}+{id}+{encoded}"
            ? signer
            : throw Refuse();
    }

    /// <summary>Signs a text; a key of kind <see cref="NoteKeyKind.Cosignature"/> says when.</summary>
    /// <param name="text">The note's text.</param>
    /// <param name="now">The present, of which a cosignature states the second.</param>
    public NoteSignature Sign(string text, DateTimeOffset now)
    {
        var time = (ulong)now.ToUnixTimeSeconds();
        return Key.Kind == NoteKeyKind.Cosignature
            ? NoteSignature.Of(Key, Cosignature.Write(time, Ed25519Signature.Sign(seed, Cosignature.Message(time, text))))
            : NoteSignature.Of(Key, Ed25519Signature.Sign(seed, Encoding.UTF8.GetBytes(text)));
    }

    /// <summary>The signer key, as <see cref="Parse"/> reads it: whoever has it can sign.</summary>
    public string ToSecretText() =>
        $"{Prefix}{Key.Name}+{Key.Id.ToString("x8", CultureInfo.InvariantCulture)}+" + Convert.ToBase64String([(byte)Key.Kind, .. seed]);

    private static ProtocolException Refuse() =>
        new(
            "invalid-note-key",
            "A signer key is PRIVATE+KEY, a name, an id in hexadecimal and an Ed25519 key in base64, joined by a plus."
        );
}
