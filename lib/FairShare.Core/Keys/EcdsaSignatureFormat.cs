using System.Formats.Asn1;
using System.Numerics;
using FairShare.Core.Errors;

namespace FairShare.Core.Keys;

/// <summary>
/// The two forms of a P-256 signature: ASN.1 DER, as KMS and openssl give it, and 64 bytes R‖S, as JWS carries it (RFC 7518,
/// section 3.4).
/// </summary>
public static class EcdsaSignatureFormat
{
    /// <summary>Length of R‖S.</summary>
    public const int Length = 64;

    private const int FieldLength = 32;

    private static readonly BigInteger Order = BigInteger.Parse(
        "0FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551",
        System.Globalization.NumberStyles.AllowHexSpecifier,
        System.Globalization.CultureInfo.InvariantCulture
    );

    /// <summary>Converts strict DER, <c>SEQUENCE { INTEGER r, INTEGER s }</c>, to R‖S.</summary>
    /// <exception cref="ProtocolException"><c>invalid-signature-format</c>: not DER, trailing bytes, or a number outside
    /// 1..n-1.</exception>
    public static byte[] FromDer(ReadOnlyMemory<byte> der)
    {
        try
        {
            var outer = new AsnReader(der, AsnEncodingRules.DER);
            var numbers = outer.ReadSequence();
            var (r, s) = (numbers.ReadInteger(), numbers.ReadInteger());
            numbers.ThrowIfNotEmpty();
            outer.ThrowIfNotEmpty();
            var joined = new byte[Length];
            Write(r, joined.AsSpan(0, FieldLength));
            Write(s, joined.AsSpan(FieldLength));
            return joined;
        }
        catch (AsnContentException)
        {
            throw Refuse("The signature is not DER of two integers.");
        }
    }

    /// <summary>Converts R‖S to DER.</summary>
    /// <exception cref="ProtocolException"><c>invalid-signature-format</c>: not 64 bytes, or a number outside 1..n-1.</exception>
    public static byte[] ToDer(ReadOnlySpan<byte> signature)
    {
        if (signature.Length != Length)
        {
            throw Refuse("The signature does not have 64 bytes.");
        }

        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(Read(signature[..FieldLength]));
            writer.WriteInteger(Read(signature[FieldLength..]));
        }

        return writer.Encode();
    }

    private static BigInteger Read(ReadOnlySpan<byte> field) => InRange(new BigInteger(field, isUnsigned: true, isBigEndian: true));

    private static void Write(BigInteger number, Span<byte> field)
    {
        var bytes = InRange(number).ToByteArray(isUnsigned: true, isBigEndian: true);
        bytes.CopyTo(field[(FieldLength - bytes.Length)..]);
    }

    private static BigInteger InRange(BigInteger number) =>
        number.Sign > 0 && number < Order ? number : throw Refuse("A number of the signature lies outside 1..n-1.");

    private static ProtocolException Refuse(string message) => new("invalid-signature-format", message);
}
