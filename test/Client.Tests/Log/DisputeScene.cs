using System.Security.Cryptography;
using FairShare.Client.Log.Disputes;
using FairShare.Client.Parties;
using FairShare.Contracts.Parties;
using FairShare.Core.Digests;
using FairShare.Core.Identifiers;
using FairShare.Core.Jose;
using FairShare.Core.Keys;
using FairShare.Exchange.Evidence;
using FairShare.Exchange.KeyRecords;
using FairShare.Log.Checkpoints;
using FairShare.Log.Leaves;
using FairShare.Log.Merkle;
using FairShare.Log.Notes;
using FairShare.Log.Proofs;

namespace FairShare.Client.Tests.Log;

/// <summary>Alice, Bob and a store with its log, who may sign anything.</summary>
internal sealed class DisputeScene : IDisposable
{
    private static readonly SystemRandomness Randomness = new();
    private static readonly DateTimeOffset Start = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);
    private readonly LocalSigner alice = new(ECDsa.Create(ECCurve.NamedCurves.nistP256));
    private readonly LocalSigner bob = new(ECDsa.Create(ECCurve.NamedCurves.nistP256));
    private readonly LocalSigner store = new(ECDsa.Create(ECCurve.NamedCurves.nistP256));
    private readonly NoteSigner log = new("log.example", NoteKeyKind.Ed25519, new byte[32]);
    private readonly ExchangeId exchange = ExchangeId.New(Randomness);

    private DisputeScene() { }

    public static PartyId Alice { get; } = PartyId.Parse("3f2504e0-4f89-41d3-9a0c-0305e82c3301");

    public static PartyId Bob { get; } = PartyId.Parse("6ba7b810-9dad-11d1-80b4-00c04fd430c8");

    public static PartyId Store { get; } = PartyId.Store("vectors");

    public EvidenceToken Origin { get; private set; } = null!;

    public EvidenceToken Challenge { get; private set; } = null!;

    public EvidenceToken Receipt { get; private set; } = null!;

    public EvidenceToken Release { get; private set; } = null!;

    public EvidenceToken Expiry { get; private set; } = null!;

    public Adjudication Adjudication => new(new HashSet<KeyId> { store.KeyId }, log.Key);

    /// <summary>All keys; the store's own for what it forges.</summary>
    public IReadOnlyList<KeyView> Keys =>
        [Key(Alice, alice, KeyHolder.Self), Key(Bob, bob, KeyHolder.Self), Key(Store, store, KeyHolder.Kms)];

    public static async Task<DisputeScene> CreateAsync()
    {
        var scene = new DisputeScene();
        scene.Origin = await EvidenceIssuer.IssueAsync(OriginStatement(), scene.alice);
        scene.Challenge = await scene.ChallengeAsync();
        scene.Receipt = await scene.ReceiptAsync(scene.bob);
        scene.Release = await EvidenceIssuer.IssueAsync(Statements.Release(NewId(), scene.Receipt, Start.AddMinutes(3)), scene.store);
        scene.Expiry = await EvidenceIssuer.IssueAsync(Statements.Expiry(NewId(), scene.Challenge, Start.AddHours(2)), scene.store);
        return scene;
    }

    public async Task<EvidenceToken> ChallengeAsync() =>
        await EvidenceIssuer.IssueAsync(
            Statements.ReceiptChallenge(NewId(), Origin, Bob, exchange, Nonce.New(Randomness), Start.AddMinutes(1), Start.AddHours(1)),
            store
        );

    /// <summary>A receipt that says to be Bob's, signed by the store with its own key.</summary>
    public Task<EvidenceToken> ForgedReceiptAsync() => ReceiptAsync(store);

    public async Task<EvidenceToken> ReleaseAsync(EvidenceToken receipt) =>
        await EvidenceIssuer.IssueAsync(Statements.Release(NewId(), receipt, Start.AddMinutes(3)), store);

    /// <summary>The keys with a certificate of Bob's, which the store seals for whomever it is told to.</summary>
    public async Task<IReadOnlyList<KeyView>> CertifyBobAsync(PartyId party, string address)
    {
        var record = new KeyCertificate
        {
            Id = NewId(),
            Store = Store,
            Party = party,
            Key = bob.KeyId,
            Email = EmailAddress.Parse(address),
            Holder = KeyHolder.Self,
            Proof = await KeyPossession.IssueAsync(party, Nonce.New(Randomness), bob),
            NotBefore = Start.AddDays(-1),
            NotAfter = Start.AddDays(1),
            Gen = Start,
        };
        var certificate = (await KeyRecordToken.IssueAsync(record, store)).Text;
        return [Keys[0], Key(party, bob, KeyHolder.Self) with { Certificate = certificate }, Keys[2]];
    }

    /// <summary>The claim of a completed exchange.</summary>
    public Claim Completed(string name, params LogProof[] proofs) =>
        new(
            name,
            new ExchangeTokens
            {
                Origin = Origin.Text,
                Challenge = Challenge.Text,
                Receipt = Receipt.Text,
                Release = Release.Text,
            },
            Keys,
            proofs
        );

    /// <summary>The claim of one that expired.</summary>
    public Claim Expired(string name, params LogProof[] proofs) =>
        new(name, new ExchangeTokens { Challenge = Challenge.Text, Record = Expiry.Text }, Keys, proofs);

    /// <summary>Proofs of tokens by a log that has these and no others.</summary>
    public async Task<LogProof[]> ProveAsync(params EvidenceToken[] tokens)
    {
        var nodes = new TreeNodes();
        foreach (var token in tokens)
        {
            nodes.Add(LogLeaf.OfToken(token.Text).Hash());
        }

        var tree = new MerkleTree(nodes, nodes.Size);
        var text = new Checkpoint(log.Key.Name, nodes.Size, await tree.RootAsync()).ToText();
        var note = new SignedNote(text, [log.Sign(text, default)]);
        var proofs = new List<LogProof>();
        for (var index = 0; index < tokens.Length; index++)
        {
            proofs.Add(new LogProof(index, (await tree.ProveInclusionAsync(index)).Hashes, note));
        }

        return [.. proofs];
    }

    public void Dispose()
    {
        alice.Dispose();
        bob.Dispose();
        store.Dispose();
    }

    private async Task<EvidenceToken> ReceiptAsync(LocalSigner signer) =>
        await EvidenceIssuer.IssueAsync(Statements.Receipt(NewId(), Challenge, Start.AddMinutes(2), KeyHolder.Self), signer);

    private static EvidenceStatement OriginStatement() =>
        Statements.Origin(
            NewId(),
            Alice,
            [Bob],
            Store,
            new DocumentDescription(
                DocumentId.New(Randomness),
                ObjectVersion.Parse("v"),
                DocumentName.Parse("document.txt"),
                MediaType.Unknown,
                3,
                DocumentDigest.Whole(Sha256Digest.Of("abc"u8))
            ),
            Nonce.New(Randomness),
            Start,
            KeyHolder.Self,
            DocumentSalt.New(Randomness)
        );

    private static EvidenceId NewId() => EvidenceId.New(Randomness);

    private static KeyView Key(PartyId owner, LocalSigner signer, KeyHolder holder) =>
        new PartyKey(owner, signer.KeyId, signer.PublicKey, holder, Start.AddDays(-1), Start.AddDays(1)).ToView();
}
