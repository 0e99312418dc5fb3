using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace FairShare.Log.Notes;

/// <summary>One signature line of a note; whether it is anybody's is for <see cref="SignedNote.Open"/> to say.</summary>
/// <param name="Name">Whose it says to be.</param>
/// <param name="KeyId">The id of the key that it says to be of.</param>
/// <param name="Base64">The key's id and the signature, as the line has them.</param>
public sealed record NoteSignature(string Name, uint KeyId, string Base64)
{
    private const int IdLength = sizeof(uint);
    private const int LineLimit = 8 * 1024;
    private const string Dash = "— ";

    /// <summary>The signature of a key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="signature">What it made; for a cosignature the time in eight octets stands before.</param>
    public static NoteSignature Of(NoteKey key, ReadOnlySpan<byte> signature)
    {
        var octets = new byte[IdLength + signature.Length];
        BinaryPrimitives.WriteUInt32BigEndian(octets, key.Id);
        signature.CopyTo(octets.AsSpan(IdLength));
        return new NoteSignature(key.Name, key.Id, Convert.ToBase64String(octets));
    }

    /// <summary>Reads a line, without its newline; false for anything else.</summary>
    public static bool TryParse(string line, [NotNullWhen(true)] out NoteSignature? signature)
    {
        signature = null;
        if (line.Length > LineLimit || !line.StartsWith(Dash, StringComparison.Ordinal))
        {
            return false;
        }

        var octets = new byte[line.Length];
        if (
            line[Dash.Length..].Split(' ') is [var name, var base64]
            && NoteKey.IsName(name)
            && Convert.TryFromBase64String(base64, octets, out var length)
            && length > IdLength
            && Convert.ToBase64String(octets, 0, length) == base64
        )
        {
            signature = new NoteSignature(name, BinaryPrimitives.ReadUInt32BigEndian(octets), base64);
        }

        return signature is not null;
    }

    /// <summary>When a cosignature says to have been made, to the second; null for one that has no time, or an impossible one.</summary>
    public DateTimeOffset? CosignedAt()
    {
        var octets = ToBytes();
        return octets.Length == Cosignature.Length && Cosignature.TimeOf(octets) is var seconds && seconds <= Cosignature.LatestTime
            ? DateTimeOffset.FromUnixTimeSeconds((long)seconds)
            : null;
    }

    /// <summary>The signature, without the key's id.</summary>
    public byte[] ToBytes() => Convert.FromBase64String(Base64)[IdLength..];

    /// <summary>The line, without a newline.</summary>
    public override string ToString() => $"{Dash}{Name} {Base64}";
}
