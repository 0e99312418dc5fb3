using System.Security.Cryptography;
using FairShare.Protocol.Digests;
using FairShare.Protocol.Evidence;
using FairShare.Protocol.Identifiers;
using FairShare.Protocol.Keys;

namespace FairShare.Protocol.Tests.Evidence;

/// <summary>Alice, Bob, Mallory and a document store with their keys, and every token of one exchange.</summary>
internal sealed class EvidenceScene
{
    public static readonly DateTimeOffset Start = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    private static readonly SystemRandomness Randomness = new();

    public Actor Alice { get; } = new(PartyId.Parse("3f2504e0-4f89-41d3-9a0c-0305e82c3301"), KeyHolder.Self);

    public Actor Bob { get; } = new(PartyId.Parse("6ba7b810-9dad-11d1-80b4-00c04fd430c8"), KeyHolder.Self);

    public Actor Mallory { get; } = new(PartyId.Parse("7d444840-9dc0-11d1-b245-5ffdce74fad2"), KeyHolder.Self);

    public Actor Store { get; } = new(PartyId.Store("us-east-1:000000000000:test"), KeyHolder.Kms);

    public DocumentDescription Document { get; } = Describe("contract.pdf", 1234, "the bytes");

    public DateTimeOffset Due { get; } = Start.AddHours(1);

    public IEnumerable<PartyKey> Keys => [Alice.PartyKey, Bob.PartyKey, Mallory.PartyKey, Store.PartyKey];

    public EvidenceStatement OriginStatement =>
        Statements.Origin(
            NewId(),
            Alice.Id,
            [Bob.Id],
            Store.Id,
            Document,
            Nonce.New(Randomness),
            Start,
            KeyHolder.Self,
            DocumentSalt.New(Randomness)
        );

    /// <summary>An evidence of origin as it was made before there were commitments.</summary>
    public EvidenceStatement OldOriginStatement => OriginStatement with { Policy = EvidencePolicy.Disclosing, Salt = null };

    public EvidenceToken Origin => field ??= Alice.Issue(OriginStatement);

    public EvidenceToken Challenge =>
        field ??= Store.Issue(
            Statements.ReceiptChallenge(
                NewId(),
                Origin,
                Bob.Id,
                ExchangeId.New(Randomness),
                Nonce.New(Randomness),
                Start.AddMinutes(1),
                Due
            )
        );

    public EvidenceToken Receipt => field ??= Bob.Issue(Statements.Receipt(NewId(), Challenge, Start.AddMinutes(2), KeyHolder.Self));

    public EvidenceToken Release => field ??= Store.Issue(Statements.Release(NewId(), Receipt, Start.AddMinutes(3)));

    public EvidenceToken Refusal =>
        field ??= Bob.Issue(Statements.Refusal(NewId(), Challenge, Start.AddMinutes(2), KeyHolder.Self, "not-ordered"));

    public static EvidenceId NewId() => EvidenceId.New(Randomness);

    public static Nonce NewNonce() => Nonce.New(Randomness);

    public static DocumentDescription Describe(string name, long size, string content) =>
        new(
            DocumentId.New(Randomness),
            ObjectVersion.Parse("3sL4kqtJlcpXroDTDmJrmSpXd3dIbrHY"),
            DocumentName.Parse(name),
            MediaType.Parse("application/pdf"),
            size,
            DocumentDigest.Whole(Sha256Digest.Of(System.Text.Encoding.UTF8.GetBytes(content)))
        );

    public PartyKey? Find(KeyId id) => Keys.FirstOrDefault(key => key.KeyId == id);

    public EvidenceVerdict Verify(string token, EvidenceStatement expected) =>
        EvidenceVerifier.Verify(token, expected, Find, Start.AddMinutes(5), TimeSpan.FromMinutes(5));

    /// <summary>A party with a key pair of its own.</summary>
    internal sealed class Actor : IEvidenceSigner
    {
        private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        public Actor(PartyId id, KeyHolder holder)
        {
            Id = id;
            var publicKey = PublicKey.Of(key);
            PartyKey = new PartyKey(id, publicKey.Thumbprint, publicKey, holder, Start.AddDays(-1), Start.AddDays(1));
        }

        public PartyId Id { get; }

        public PartyKey PartyKey { get; init; }

        public KeyId KeyId => PartyKey.KeyId;

        public ValueTask<byte[]> SignAsync(ReadOnlyMemory<byte> signingInput, CancellationToken cancellationToken) =>
            ValueTask.FromResult(Sign(signingInput.Span));

        private byte[] Sign(ReadOnlySpan<byte> octets) =>
            key.SignData(octets, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);

        public EvidenceToken Issue(EvidenceStatement statement) => EvidenceIssuer.IssueAsync(statement, this).AsTask().Result;

        /// <summary>Signs any header and payload, well formed or not.</summary>
        public string SignRaw(string header, string payload) =>
            SignRaw(System.Text.Encoding.UTF8.GetBytes(header), System.Text.Encoding.UTF8.GetBytes(payload));

        public string SignRaw(byte[] header, byte[] payload)
        {
            var input = CompactJws.Join(header, payload);
            var signature = Sign(CompactJws.Octets(input));
            return $"{input}.{FairShare.Protocol.Encoding.Base64UrlText.Encode(signature)}";
        }
    }
}
