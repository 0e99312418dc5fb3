using System.Security.Cryptography;
using FairShare.Core.Digests;
using FairShare.Core.Encoding;
using FairShare.Core.Errors;
using FairShare.Core.Identifiers;

namespace FairShare.Core.Keys;

/// <summary>A point on P-256 with which signatures are verified; equal by value.</summary>
public sealed record PublicKey
{
    private const int FieldLength = 32;

    private readonly string x;
    private readonly string y;
    private readonly VerifierPool verifiers = new();

    private PublicKey(ReadOnlySpan<byte> x, ReadOnlySpan<byte> y)
    {
        this.x = Base64UrlText.Encode(x);
        this.y = Base64UrlText.Encode(y);
        Thumbprint = KeyId.Parse(Sha256Digest.Of(System.Text.Encoding.ASCII.GetBytes(CanonicalJwk)).ToString());
        using var checkedOnCurve = Import();
    }

    /// <summary>RFC 7638 thumbprint: SHA-256 of the canonical JWK.</summary>
    public KeyId Thumbprint { get; }

    private string CanonicalJwk => $$"""{"crv":"P-256","kty":"EC","x":"{{x}}","y":"{{y}}"}""";

    /// <summary>
    /// Reads a public JWK (RFC 7517): <c>kty</c> EC, <c>crv</c> P-256, <c>x</c>, <c>y</c>; also <c>alg</c> ES256, <c>use</c> sig and
    /// <c>kid</c> when they agree.
    /// </summary>
    /// <exception cref="ProtocolException"><c>invalid-key</c>: anything else, or a point off the curve; <c>private-key-disclosed</c>: the
    /// JWK holds <c>d</c>.</exception>
    public static PublicKey FromJwk(string jwk) => JsonWebKeyReader.Read(jwk);

    /// <summary>Reads a DER SubjectPublicKeyInfo, as KMS GetPublicKey gives it.</summary>
    /// <exception cref="ProtocolException"><c>invalid-key</c>: not one of P-256, or trailing bytes.</exception>
    public static PublicKey FromSubjectPublicKeyInfo(ReadOnlySpan<byte> der)
    {
        using var key = ECDsa.Create();
        try
        {
            key.ImportSubjectPublicKeyInfo(der, out var read);
            if (read != der.Length || key.ExportParameters(false) is not { Curve.Oid.Value: "1.2.840.10045.3.1.7" } parameters)
            {
                throw Refuse("The key is not one of P-256.");
            }

            return new PublicKey(parameters.Q.X, parameters.Q.Y);
        }
        // A curve that nobody knows is a platform's lack to the framework.
        catch (Exception fault) when (fault is CryptographicException or PlatformNotSupportedException)
        {
            throw Refuse("The key is not a SubjectPublicKeyInfo.");
        }
    }

    /// <summary>The public half of a key pair.</summary>
    /// <exception cref="ProtocolException"><c>invalid-key</c>: not on P-256.</exception>
    public static PublicKey Of(ECDsa key) => FromSubjectPublicKeyInfo(key.ExportSubjectPublicKeyInfo());

    /// <summary>The public JWK, its members in the order of RFC 7638.</summary>
    public string ToJwk() => CanonicalJwk;

    /// <summary>The DER SubjectPublicKeyInfo, as openssl reads it.</summary>
    public byte[] ToSubjectPublicKeyInfo()
    {
        using var key = Import();
        return key.ExportSubjectPublicKeyInfo();
    }

    /// <summary>Whether this is an ECDSA signature with SHA-256 of the data.</summary>
    /// <param name="data">What was signed.</param>
    /// <param name="signature">64 bytes R‖S; any other length is false.</param>
    public bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        if (signature.Length != EcdsaSignatureFormat.Length)
        {
            return false;
        }

        var key = verifiers.Take() ?? Import();
        var isValid = key.VerifyData(data, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        verifiers.Give(key);
        return isValid;
    }

    internal static PublicKey FromCoordinates(string x, string y) =>
        Base64UrlText.TryDecode(x, FieldLength, out var xBytes) && Base64UrlText.TryDecode(y, FieldLength, out var yBytes)
            ? new PublicKey(xBytes, yBytes)
            : throw Refuse("A coordinate is not 32 bytes of base64url.");

    internal static ProtocolException Refuse(string message) => new("invalid-key", message);

    private ECDsa Import()
    {
        Base64UrlText.TryDecode(x, out var xBytes);
        Base64UrlText.TryDecode(y, out var yBytes);
        try
        {
            return ECDsa.Create(
                new ECParameters
                {
                    Curve = ECCurve.NamedCurves.nistP256,
                    Q = new ECPoint { X = xBytes, Y = yBytes },
                }
            );
        }
        catch (CryptographicException)
        {
            throw Refuse("The point does not lie on P-256.");
        }
    }
}
