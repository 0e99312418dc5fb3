using System.Formats.Asn1;
using FairShare.Core.Errors;
using FairShare.Core.Keys;

namespace FairShare.Timestamps.Certificates;

/// <summary>The certificate of an authority that signs with a key on P-256 (RFC 5280), as far as stamps need it.</summary>
public sealed class AuthorityCertificate
{
    private AuthorityCertificate(ReadOnlyMemory<byte> der, ReadOnlyMemory<byte> issuer, ReadOnlyMemory<byte> serial, PublicKey key) =>
        (Der, Issuer, Serial, Key) = (der, issuer, serial, key);

    /// <summary>The certificate in DER.</summary>
    public ReadOnlyMemory<byte> Der { get; }

    /// <summary>Who issued it: a Name in DER.</summary>
    public ReadOnlyMemory<byte> Issuer { get; }

    /// <summary>Its serial number: the content of an INTEGER.</summary>
    public ReadOnlyMemory<byte> Serial { get; }

    /// <summary>The public key.</summary>
    public PublicKey Key { get; }

    /// <summary>Reads a certificate. Nothing of it is verified: who believes it knows its key from elsewhere.</summary>
    /// <exception cref="ProtocolException"><c>invalid-certificate</c>; <c>invalid-key</c>: not one of P-256.</exception>
    public static AuthorityCertificate Parse(ReadOnlyMemory<byte> der)
    {
        try
        {
            var outer = new AsnReader(der, AsnEncodingRules.DER);
            var signed = outer.ReadSequence().ReadSequence();
            outer.ThrowIfNotEmpty();
            if (signed.PeekTag() == new Asn1Tag(TagClass.ContextSpecific, 0, isConstructed: true))
            {
                signed.ReadEncodedValue();
            }

            var serial = signed.ReadIntegerBytes();
            signed.ReadEncodedValue();
            var issuer = signed.ReadEncodedValue();
            signed.ReadEncodedValue();
            signed.ReadEncodedValue();
            return new(der, issuer, serial, PublicKey.FromSubjectPublicKeyInfo(signed.ReadEncodedValue().Span));
        }
        catch (AsnContentException)
        {
            throw new ProtocolException("invalid-certificate", "The octets are no certificate in DER.");
        }
    }
}
