using System.Security.Cryptography;
using FairShare.Core.Encoding;
using FairShare.Core.Identifiers;
using FairShare.Core.Jose;
using FairShare.Core.Keys;

namespace FairShare.Core.Tests.Support;

/// <summary>A party with a key pair of its own, valid for a day before and after an instant.</summary>
internal sealed class TestParty : ITokenSigner
{
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public TestParty(PartyId id, KeyHolder holder, DateTimeOffset around)
    {
        Id = id;
        var publicKey = PublicKey.Of(key);
        PartyKey = new PartyKey(id, publicKey.Thumbprint, publicKey, holder, around.AddDays(-1), around.AddDays(1));
    }

    public PartyId Id { get; }

    public PartyKey PartyKey { get; init; }

    public KeyId KeyId => PartyKey.KeyId;

    public static TestParty Alice(DateTimeOffset around) =>
        new(PartyId.Parse("3f2504e0-4f89-41d3-9a0c-0305e82c3301"), KeyHolder.Self, around);

    public static TestParty Bob(DateTimeOffset around) =>
        new(PartyId.Parse("6ba7b810-9dad-11d1-80b4-00c04fd430c8"), KeyHolder.Self, around);

    public static TestParty Mallory(DateTimeOffset around) =>
        new(PartyId.Parse("7d444840-9dc0-11d1-b245-5ffdce74fad2"), KeyHolder.Self, around);

    public ValueTask<byte[]> SignAsync(ReadOnlyMemory<byte> signingInput, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Sign(signingInput.Span));

    /// <summary>Signs any header and payload, well formed or not.</summary>
    public string SignRaw(string header, string payload) =>
        SignRaw(System.Text.Encoding.UTF8.GetBytes(header), System.Text.Encoding.UTF8.GetBytes(payload));

    public string SignRaw(byte[] header, byte[] payload)
    {
        var input = CompactJws.Join(header, payload);
        return $"{input}.{Base64UrlText.Encode(Sign(CompactJws.Octets(input)))}";
    }

    private byte[] Sign(ReadOnlySpan<byte> octets) =>
        key.SignData(octets, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
}
