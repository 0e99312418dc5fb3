using FairShare.Core.Digests;
using FairShare.Core.Identifiers;
using FairShare.Core.Keys;
using FairShare.Core.Tests.Support;
using FairShare.Exchange.Evidence;

namespace FairShare.Exchange.Tests.Evidence;

/// <summary>Alice, Bob, Mallory and a document store with their keys, and every token of one exchange.</summary>
internal sealed class EvidenceScene
{
    public static readonly DateTimeOffset Start = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    private static readonly SystemRandomness Randomness = new();

    public TestParty Alice { get; } = TestParty.Alice(Start);

    public TestParty Bob { get; } = TestParty.Bob(Start);

    public TestParty Mallory { get; } = TestParty.Mallory(Start);

    public TestParty Store { get; } = new(PartyId.Store("us-east-1:000000000000:test"), KeyHolder.Kms, Start);

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
}

/// <summary>Issues evidence in a test party's name.</summary>
internal static class TestPartyEvidence
{
    public static EvidenceToken Issue(this TestParty party, EvidenceStatement statement) =>
        EvidenceIssuer.IssueAsync(statement, party).AsTask().Result;
}
