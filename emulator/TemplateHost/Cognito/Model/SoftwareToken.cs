using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace TemplateHost.Cognito.Model;

/// <summary>A user's authenticator: a secret whose codes follow from the time (RFC 6238: SHA-1, 6 digits, 30 s). Written as JSON.</summary>
/// <param name="Secret">Octets in base32, as users type them.</param>
/// <param name="LastStep">The time step of the last code that was taken; no code of it or of an earlier one is taken again.</param>
internal sealed record SoftwareToken(string Secret, long LastStep)
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private const int StepSeconds = 30;

    /// <summary>Steps that a clock may be wrong by, either way.</summary>
    private const int Drift = 1;

    /// <summary>The step of a code that is right now, or was or will be one step from now; null for any other text.</summary>
    public long? StepOf(string code, DateTimeOffset now)
    {
        var (current, key, given) = (now.ToUnixTimeSeconds() / StepSeconds, Octets(Secret), Encoding.UTF8.GetBytes(code));
        long? found = null;
        for (var step = current - Drift; step <= current + Drift; step++)
        {
            // The newest of equal codes: with it the others are used up.
            found = CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(CodeAt(key, step)), given) ? step : found;
        }

        return found;
    }

    /// <summary>The code of a time step (RFC 4226, 5.3).</summary>
    public static string CodeAt(byte[] key, long step)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
#pragma warning disable CA5350 // What authenticator apps compute is HMAC-SHA-1; HMAC does not rest on SHA-1's resistance to collisions.
        var digest = HMACSHA1.HashData(key, counter);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadInt32BigEndian(digest.AsSpan(digest[^1] & 15)) & int.MaxValue;
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }

    private static byte[] Octets(string base32)
    {
        var octets = new List<byte>();
        var (bits, count) = (0, 0);
        foreach (var letter in base32)
        {
            (bits, count) = (((bits << 5) | Alphabet.IndexOf(letter, StringComparison.Ordinal)) & 0xFFFF, count + 5);
            if (count >= 8)
            {
                count -= 8;
                octets.Add((byte)(bits >> count));
            }
        }

        return [.. octets];
    }
}

/// <summary>How a user takes part in authentication by more than a password.</summary>
/// <param name="Verified">The authenticator whose codes are asked for; null when none was ever verified.</param>
/// <param name="Associated">One that was handed out, and shows with a first code that it works.</param>
internal sealed record MfaSettings(SoftwareToken? Verified, SoftwareToken? Associated, bool Enabled, bool Preferred)
{
    public static MfaSettings None { get; } = new(null, null, false, false);
}
