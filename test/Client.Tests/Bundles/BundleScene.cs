using System.Security.Cryptography;
using System.Text;
using FairShare.Client.Bundles;
using FairShare.Client.Evidence;
using FairShare.Client.Parties;
using FairShare.Contracts.Parties;
using FairShare.Core.Digests;
using FairShare.Core.Encoding;
using FairShare.Core.Identifiers;
using FairShare.Core.Keys;
using FairShare.Exchange.Evidence;

namespace FairShare.Client.Tests.Bundles;

/// <summary>The tokens of an exchange with every key at hand, so that anything can be made wrong, and signed all the same.</summary>
internal sealed class BundleScene : IDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);
    public static readonly DateTimeOffset Due = Start.AddHours(1);

    private static readonly SystemRandomness Randomness = new();

    public LocalSigner Alice { get; } = new(ECDsa.Create(ECCurve.NamedCurves.nistP256));

    public LocalSigner Bob { get; } = new(ECDsa.Create(ECCurve.NamedCurves.nistP256));

    public LocalSigner Store { get; } = new(ECDsa.Create(ECCurve.NamedCurves.nistP256));

    public static PartyId AliceId { get; } = PartyId.Parse("3f2504e0-4f89-41d3-9a0c-0305e82c3301");

    public static PartyId BobId { get; } = PartyId.Parse("6ba7b810-9dad-11d1-80b4-00c04fd430c8");

    public static PartyId StoreId { get; } = PartyId.Store("corpus");

    public static byte[] Content { get; } = Encoding.UTF8.GetBytes("Alice sells Bob a bicycle.\n");

    public EvidenceToken Origin => field ??= Sign(OriginStatement, Alice);

    public EvidenceToken Challenge => field ??= Sign(ChallengeStatement, Store);

    public EvidenceToken Receipt => field ??= Sign(Statements.Receipt(NewId(), Challenge, Start.AddMinutes(2), KeyHolder.Self), Bob);

    public EvidenceToken Release => field ??= Sign(Statements.Release(NewId(), Receipt, Start.AddMinutes(3)), Store);

    public EvidenceToken Refusal =>
        field ??= Sign(Statements.Refusal(NewId(), Challenge, Start.AddMinutes(2), KeyHolder.Self, "not-ordered"), Bob);

    public EvidenceToken Declined => field ??= Sign(Statements.AbortByRefusal(NewId(), Refusal, Start.AddMinutes(3)), Store);

    public EvidenceToken Aborted => field ??= Sign(Statements.AbortOfExchange(NewId(), Challenge, Start.AddMinutes(3)), Store);

    public EvidenceToken Expired => field ??= Sign(Statements.Expiry(NewId(), Challenge, Due), Store);

    public EvidenceToken Deposit => field ??= Sign(Statements.DepositReceipt(NewId(), Origin, Start.AddSeconds(10)), Store);

    public EvidenceToken Withdrawn => field ??= Sign(Statements.AbortOfDocument(NewId(), Origin, Start.AddMinutes(1)), Store);

    public EvidenceStatement OriginStatement =>
        Statements.Origin(
            NewId(),
            AliceId,
            [BobId],
            StoreId,
            Describe("<Füchse & 契約>.txt"),
            Nonce.New(Randomness),
            Start,
            KeyHolder.Self,
            DocumentSalt.New(Randomness)
        );

    public EvidenceStatement ChallengeStatement =>
        Statements.ReceiptChallenge(NewId(), Origin, BobId, ExchangeId.New(Randomness), Nonce.New(Randomness), Start.AddMinutes(1), Due);

    public IReadOnlyList<PartyKey> Keys =>
        [
            Key(AliceId, Alice.PublicKey, KeyHolder.Self),
            Key(BobId, Bob.PublicKey, KeyHolder.Self),
            Key(StoreId, Store.PublicKey, KeyHolder.Kms),
        ];

    public Dictionary<string, string> Completed =>
        new()
        {
            ["nro"] = Origin.Text,
            ["challenge"] = Challenge.Text,
            ["nrr"] = Receipt.Text,
            ["release"] = Release.Text,
        };

    public static EvidenceId NewId() => EvidenceId.New(Randomness);

    public static PartyKey Key(PartyId owner, PublicKey key, KeyHolder holder) =>
        new(owner, key.Thumbprint, key, holder, Start.AddDays(-1), Start.AddDays(1));

    public static EvidenceToken Sign(EvidenceStatement statement, LocalSigner signer) =>
        EvidenceIssuer.IssueAsync(statement, signer).AsTask().GetAwaiter().GetResult();

    /// <summary>A compact JWS of any header and payload, with a signature that is right.</summary>
    public static string SignText(byte[] header, byte[] payload, LocalSigner signer)
    {
        var input = $"{Base64UrlText.Encode(header)}.{Base64UrlText.Encode(payload)}";
        var signature = signer.SignAsync(Encoding.ASCII.GetBytes(input), CancellationToken.None).AsTask().GetAwaiter().GetResult();
        return $"{input}.{Base64UrlText.Encode(signature)}";
    }

    /// <summary>The files of a bundle, its list apart.</summary>
    public Dictionary<string, byte[]> Files(IReadOnlyDictionary<string, string> tokens, IReadOnlyList<PartyKey>? keys = null) =>
        Files(tokens, [.. (keys ?? Keys).Select(KeyViews.ToView)]);

    /// <summary>The same with what the store sealed about the keys.</summary>
    public static Dictionary<string, byte[]> Files(IReadOnlyDictionary<string, string> tokens, IReadOnlyList<KeyView> views)
    {
        var files = tokens.ToDictionary(token => BundlePaths.Token(token.Key), token => Encoding.Latin1.GetBytes(token.Value));
        files.Add(BundlePaths.Keys, BundledKeys.Write(views));
        files.Add(BundlePaths.Page, CertificatePage.Write(new EvidenceSet(tokens, views).Verify([]), tokens, views));
        return files;
    }

    /// <summary>The bundle of such files.</summary>
    public byte[] Pack(IReadOnlyDictionary<string, byte[]> files, EvidenceStatement? about = null)
    {
        var statement = about ?? Challenge.Statement;
        return EvidenceBundle.Pack(BundleList.Of($"{statement.Store}", $"{statement.Exchange}", files), files);
    }

    public void Dispose()
    {
        Alice.Dispose();
        Bob.Dispose();
        Store.Dispose();
    }

    private static DocumentDescription Describe(string name) =>
        new(
            DocumentId.New(Randomness),
            ObjectVersion.Parse("v"),
            DocumentName.Parse(name),
            MediaType.Unknown,
            Content.Length,
            DocumentDigest.Whole(Sha256Digest.Of(Content))
        );
}
