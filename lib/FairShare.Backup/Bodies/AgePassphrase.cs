using System.Security.Cryptography;
using FairShare.Backup.Curve;

namespace FairShare.Backup.Bodies;

/// <summary>The passphrase of a backup's age file: 28 symbols of 5 bits from HKDF-SHA-256 of the shared secret.</summary>
public static class AgePassphrase
{
    /// <summary>The base-2 logarithm of scrypt's N: the passphrase has 140 bits and needs no more.</summary>
    public const int WorkFactor = 10;

    private const int Symbols = 28;
    private const string Alphabet = "abcdefghijkmnopqrstuvwxyz2345678";

    /// <summary>The passphrase of a secret.</summary>
    public static string Of(Scalar secret)
    {
        var drawn = HKDF.DeriveKey(HashAlgorithmName.SHA256, secret.ToBytes(), Symbols, info: "fairshare.backup.v1 passphrase"u8.ToArray());
        return string.Concat(drawn.Select(octet => Alphabet[octet % Alphabet.Length]));
    }
}
