using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace FairShare.Log.Notes;

/// <summary>The octets of <c>cosignature/v1</c> (C2SP tlog-cosignature).</summary>
internal static class Cosignature
{
    public const int Length = sizeof(ulong) + Ed25519Signature.Length;

    /// <summary>The last second that .NET's times have.</summary>
    public static ulong LatestTime { get; } = (ulong)DateTimeOffset.MaxValue.ToUnixTimeSeconds();

    /// <summary>What is signed.</summary>
    public static byte[] Message(ulong time, string text) =>
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"cosignature/v1\ntime {time}\n{text}"));

    public static ulong TimeOf(ReadOnlySpan<byte> signature) => BinaryPrimitives.ReadUInt64BigEndian(signature);

    public static byte[] Write(ulong time, ReadOnlySpan<byte> signature)
    {
        var octets = new byte[Length];
        BinaryPrimitives.WriteUInt64BigEndian(octets, time);
        signature.CopyTo(octets.AsSpan(sizeof(ulong)));
        return octets;
    }
}
