using System.Security.Cryptography;
using System.Text;
using FairShare.Core.Encoding;
using FairShare.Core.Identifiers;

namespace FairShare.Functions.Http;

/// <summary>Ids that follow from an Idempotency-Key, so that a repeat names what the first call made.</summary>
internal static class DerivedId
{
    private const int Length = 16;

    public static string From(string purpose, PartyId party, string idempotencyKey) =>
        Base64UrlText.Encode(SHA256.HashData(Encoding.UTF8.GetBytes($"{purpose}\n{party}\n{idempotencyKey}")).AsSpan(0, Length));
}
