using System.Numerics;
using System.Security.Cryptography;

namespace TemplateHost.Kms.Model;

/// <summary>ECDSA over P-256 whose nonce follows from key and digest (RFC 6979, 3.2): the same run makes the same evidence.</summary>
/// <remarks>Its arithmetic takes a time that depends on the key, which nobody can measure who is not on this machine already.</remarks>
internal static class DeterministicEcdsa
{
    private const int Octets = 32;

    /// <summary>Signs a SHA-256 digest.</summary>
    /// <param name="secret">The private scalar, 32 octets.</param>
    /// <param name="digest">32 octets.</param>
    /// <returns>r and s, 32 octets each.</returns>
    public static byte[] Sign(ReadOnlySpan<byte> secret, ReadOnlySpan<byte> digest)
    {
        var message = Number(digest) % P256.Order;
        var nonces = new NonceGenerator(secret, P256.Write(message));
        while (true)
        {
            var nonce = nonces.Next();
            var r = AbscissaOf(nonce) % P256.Order;
            var s = P256.Inverse(Number(nonce)) * (message + (r * Number(secret))) % P256.Order;
            if (!r.IsZero && !s.IsZero)
            {
                return [.. P256.Write(r), .. P256.Write(s)];
            }
        }
    }

    /// <summary>The first coordinate of the curve's generator times a scalar: that of the public key whose secret it is.</summary>
    private static BigInteger AbscissaOf(byte[] scalar)
    {
        using var point = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = scalar });
        return Number(point.ExportParameters(includePrivateParameters: false).Q.X);
    }

    private static BigInteger Number(ReadOnlySpan<byte> octets) => new(octets, isUnsigned: true, isBigEndian: true);

    /// <summary>The HMAC of RFC 6979, 3.2, steps b to h; its variables have the names that they have there.</summary>
    private sealed class NonceGenerator
    {
        private byte[] v = [.. Enumerable.Repeat((byte)1, Octets)];
        private byte[] k = new byte[Octets];
        private bool drawn;

        public NonceGenerator(ReadOnlySpan<byte> secret, byte[] message)
        {
            Mix([0, .. secret, .. message]);
            Mix([1, .. secret, .. message]);
        }

        public byte[] Next()
        {
            do
            {
                if (drawn)
                {
                    Mix([0]);
                }

                v = HMACSHA256.HashData(k, v);
                drawn = true;
            } while (Number(v) is var scalar && (scalar.IsZero || scalar >= P256.Order));
            return v;
        }

        private void Mix(byte[] seed)
        {
            byte[] mixed = [.. v, .. seed];
            k = HMACSHA256.HashData(k, mixed);
            v = HMACSHA256.HashData(k, v);
        }
    }
}
