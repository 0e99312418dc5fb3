using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using FairShare.Core.Digests;
using FairShare.Core.Encoding;
using FairShare.Core.Errors;
using FairShare.Core.Identifiers;

namespace FairShare.Log.Notes;

/// <summary>A key with which signatures of notes are verified; equal by value (C2SP signed-note).</summary>
public sealed record NoteKey
{
    /// <summary>The length of an Ed25519 public key.</summary>
    public const int KeyLength = 32;

    // RFC 8410: SubjectPublicKeyInfo of id-Ed25519 without parameters; what follows is the key itself.
    private static readonly byte[] PublicKeyPrefix = [0x30, 0x2A, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x03, 0x21, 0x00];

    private readonly string encoded;

    /// <param name="name">Whose key it is: no spaces and no plus.</param>
    /// <param name="kind">What it signs.</param>
    /// <param name="publicKey">32 octets (RFC 8032).</param>
    /// <exception cref="ProtocolException"><c>invalid-note-key</c>: no such name, or another length.</exception>
    public NoteKey(string name, NoteKeyKind kind, ReadOnlySpan<byte> publicKey)
    {
        if (!IsName(name) || publicKey.Length != KeyLength)
        {
            throw Refuse();
        }

        byte[] material = [(byte)kind, .. publicKey];
        (Name, Kind, encoded) = (name, kind, Convert.ToBase64String(material));
        Id = BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData([.. Encoding.UTF8.GetBytes(name), (byte)'\n', .. material]));
    }

    /// <summary>Whose key it is.</summary>
    public string Name { get; }

    /// <summary>What it signs.</summary>
    public NoteKeyKind Kind { get; }

    /// <summary>The number by which a signature's line names it, beside the name; short, and no proof of anything.</summary>
    public uint Id { get; }

    /// <summary>Reads a verifier key: name, id in eight hexadecimal digits, and kind with key in base64, joined by a plus.</summary>
    /// <exception cref="ProtocolException"><c>invalid-note-key</c>: of another form or kind, or the id is not the key's.</exception>
    public static NoteKey Parse(string text)
    {
        var material = new byte[KeyLength + 2];
        return
            text.Split('+', 3) is [var name, var id, var encoded]
            && Convert.TryFromBase64String(encoded, material, out var length)
            && length == KeyLength + 1
            && Enum.IsDefined((NoteKeyKind)material[0])
            && new NoteKey(name, (NoteKeyKind)material[0], material.AsSpan(1, KeyLength)) is var key
            && key.ToString() == $"{name}+{id}+{encoded}"
            ? key
            : throw Refuse();
    }

    /// <summary>Reads a DER SubjectPublicKeyInfo, as KMS gives it.</summary>
    /// <exception cref="ProtocolException"><c>invalid-note-key</c>: not one of Ed25519.</exception>
    public static NoteKey FromSubjectPublicKeyInfo(string name, NoteKeyKind kind, ReadOnlySpan<byte> der) =>
        der.StartsWith(PublicKeyPrefix) ? new NoteKey(name, kind, der[PublicKeyPrefix.Length..]) : throw Refuse();

    /// <summary>RFC 7638 thumbprint of the key as a JWK (RFC 8037): the same under any name.</summary>
    public KeyId Thumbprint =>
        KeyId.Parse(
            Sha256Digest
                .Of(Encoding.ASCII.GetBytes($$"""{"crv":"Ed25519","kty":"OKP","x":"{{Base64UrlText.Encode(ToBytes())}}"}"""))
                .ToString()
        );

    /// <summary>The 32 octets, a new array each time.</summary>
    public byte[] ToBytes() => Convert.FromBase64String(encoded)[1..];

    /// <summary>The DER SubjectPublicKeyInfo, as openssl reads it.</summary>
    public byte[] ToSubjectPublicKeyInfo() => [.. PublicKeyPrefix, .. ToBytes()];

    /// <summary>The verifier key, as <see cref="Parse"/> reads it.</summary>
    public override string ToString() => $"{Name}+{Id.ToString("x8", CultureInfo.InvariantCulture)}+{encoded}";

    internal static bool IsName(string name) => name.Length > 0 && !name.Any(symbol => char.IsWhiteSpace(symbol) || symbol == '+');

    private static ProtocolException Refuse() =>
        new("invalid-note-key", "A verifier key is a name, an id in hexadecimal and an Ed25519 key in base64, joined by a plus.");
}
