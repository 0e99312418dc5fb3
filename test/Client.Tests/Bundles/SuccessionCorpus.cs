using System.Security.Cryptography;
using System.Text;
using FairShare.Client.Bundles;
using FairShare.Client.Parties;
using FairShare.Contracts.Parties;
using FairShare.Core.Identifiers;
using FairShare.Core.Keys;
using FairShare.Exchange.KeyRecords;

namespace FairShare.Client.Tests.Bundles;

/// <summary>
/// Bundles sealed by one of a row of the store's keys, with successions that lead to it, or do not. The scene's own store key is the last
/// of
/// three; the tests pin any of them.
/// </summary>
internal sealed class SuccessionCorpus(BundleScene scene) : IDisposable
{
    private const string OneSided = "succession.order: only one of the two seals signed it";
    private static readonly DateTimeOffset FirstGen = BundleScene.Start.AddHours(-10);
    private static readonly DateTimeOffset SecondGen = BundleScene.Start.AddHours(-5);

    /// <summary>The key that sealed before all others.</summary>
    public LocalSigner First { get; } = new(ECDsa.Create(ECCurve.NamedCurves.nistP256));

    private LocalSigner Second { get; } = new(ECDsa.Create(ECCurve.NamedCurves.nistP256));

    private LocalSigner Stranger { get; } = new(ECDsa.Create(ECCurve.NamedCurves.nistP256));

    public void Dispose()
    {
        First.Dispose();
        Second.Dispose();
        Stranger.Dispose();
    }

    /// <summary>Bundles for readers who know the first key; the scene's tokens are sealed by the third.</summary>
    public IEnumerable<BundleCase> FromTheFirst()
    {
        var (one, two) = (Between(First, Second, FirstGen), Between(Second, scene.Store, SecondGen));
        string[] first = [.. Both(one, First, Second)];
        string[] second = [.. Both(two, Second, scene.Store)];
        yield return Case("whole", null, [.. first, .. second]);
        yield return Case("in any order", null, second[1], first[0], second[0], first[1]);
        yield return Case("of a key of the log as well", null, [.. first, .. second, By(scene.Store, OfLog())]);
        yield return Long(1000);
        yield return Case("no successions", "store.key: sealed with");
        yield return Case("a gap", "store.key: sealed with", second);
        yield return Case("another gap", "store.key: sealed with", first);
        yield return Case("only the new key's word", OneSided, [.. first, By(scene.Store, two)]);
        yield return Case("only the former key's word", OneSided, [.. first, By(Second, two)]);
        yield return Case("the same word twice", OneSided, [.. first, By(Second, two), By(Second, two)]);
        yield return Case(
            "twins that differ",
            OneSided,
            [.. first, By(Second, two), By(scene.Store, two with { Ends = two.Ends.AddDays(9) })]
        );
        yield return Case("signed by itself", "succession.key: wrong-signer", [.. first, By(scene.Bob, two)]);
        yield return Case("signed by a third", "succession.statement: statement-mismatch:header.kid", [.. first, By(First, two)]);
        yield return Case("signed by a stranger", "succession.key: unknown-key", [By(Stranger, one), .. second]);
        yield return Case("changed", "succession.signature: bad-signature", [Changed(first[0]), first[1], .. second]);
        yield return Case(
            "in the wrong order",
            "succession.order: key-not-valid",
            [.. first, .. Both(two with { Gen = FirstGen.AddHours(-1) }, Second, scene.Store)]
        );
        yield return Case(
            "signed after its key had ended",
            "succession.order: key-not-valid",
            [
                .. first,
                .. Both(two with { Ends = SecondGen.AddHours(1) }, Second, scene.Store),
                .. Both(two with { Gen = SecondGen.AddHours(3) }, Second, scene.Store),
            ]
        );
        yield return Case(
            "outlasted by its former key",
            "succession.order: key-not-valid: the former key outlasts",
            [.. Both(one with { Ends = two.Ends.AddHours(1) }, First, Second), .. second]
        );
        yield return Case(
            "two successors",
            "succession.order: a key has two",
            [.. first, .. Both(Between(First, scene.Store, FirstGen), First, scene.Store), .. second]
        );
        yield return Case(
            "ends before it begins",
            "succession.statement: statement-mismatch:ends",
            By(First, one with { Ends = FirstGen })
        );
        yield return Case("follows itself", "succession.statement: statement-mismatch:prior", By(First, one with { Key = First.KeyId }));
        yield return Case(
            "of a party",
            "succession.statement: statement-mismatch:party",
            By(First, one with { Party = BundleScene.BobId })
        );
        yield return Case(
            "of another store",
            "succession.key: wrong-signer",
            By(First, one with { Store = PartyId.Store("x"), Party = PartyId.Store("x") })
        );
        yield return Case("empty record", "succession.form: malformed-jws", "x");
        yield return Case("evidence", "succession.form: unknown-kind", scene.Challenge.Text);
        yield return Case("of no use", "succession.form: invalid-member:use", Written(one, "\"seal\"", "\"sale\""));
        yield return Case("spaces", "succession.form: not-canonical", Written(one, "{", "{ "));
        yield return Case("at the beginning of time", "store.key: sealed with", AtTheBeginning(one));
        yield return Case(
            "sealed before the key was there",
            "challenge.key: key-not-valid",
            [.. first, .. Both(two with { Gen = BundleScene.Start.AddHours(1), Ends = BundleScene.Start.AddDays(2) }, Second, scene.Store)]
        );
    }

    /// <summary>Bundles for readers who know the scene's key, which is the first of two here.</summary>
    public IEnumerable<BundleCase> OfTheFormer()
    {
        var next = Between(scene.Store, Second, BundleScene.Start.AddHours(2));
        yield return Case("sealed before its succession", null, Both(next, scene.Store, Second));
        yield return Case(
            "sealed within its last day",
            null,
            Both(next with { Gen = BundleScene.Start.AddMinutes(-1) }, scene.Store, Second)
        );
        var over = next with { Gen = BundleScene.Start.AddHours(-3), Ends = BundleScene.Start.AddHours(-2) };
        yield return Case("sealed after its succession", "challenge.key: key-not-valid", Both(over, scene.Store, Second));
        yield return Case(
            "released after its succession",
            "release.key: key-not-valid",
            Both(over with { Ends = BundleScene.Start.AddMinutes(2) }, scene.Store, Second)
        );
    }

    /// <summary>Bundles for readers who know the second key alone, and judge what its predecessor sealed.</summary>
    public (string Key, IReadOnlyList<BundleCase> Cases) FromTheSecond()
    {
        var next = Between(scene.Store, Second, BundleScene.Start.AddHours(2));
        var over = next with { Gen = BundleScene.Start.AddHours(-3), Ends = BundleScene.Start.AddHours(-2) };
        return (
            Second.KeyId.ToString(),
            [
                Case("with both signatures", null, Both(next, scene.Store, Second)),
                Case("with the new key's alone", OneSided, By(Second, next)),
                Case("with the former key's alone", OneSided, By(scene.Store, next)),
                Case("twins that differ", OneSided, By(scene.Store, next with { Ends = next.Ends.AddDays(9) }), By(Second, next)),
                // Whoever stole the former seal after its time leaves out its word of when that time ended.
                Case("sealed after its succession", "challenge.key: key-not-valid", Both(over, scene.Store, Second)),
                Case("sealed after its succession, with the new key's alone", OneSided, By(Second, over)),
                Case(
                    "sealed after its succession, with twins that differ",
                    OneSided,
                    By(scene.Store, over with { Ends = next.Ends }),
                    By(Second, over)
                ),
            ]
        );
    }

    /// <summary>A store that made its seal anew so many times.</summary>
    private BundleCase Long(int count)
    {
        var between = Enumerable.Range(1, count - 1).Select(_ => new LocalSigner(ECDsa.Create(ECCurve.NamedCurves.nistP256))).ToList();
        LocalSigner[] seals = [First, .. between, scene.Store];
        var texts = Enumerable
            .Range(0, count)
            .SelectMany(place =>
            {
                var record = Between(seals[place], seals[place + 1], BundleScene.Start.AddHours(place - count));
                return Both(record, seals[place], seals[place + 1]);
            })
            .ToList();
        var made = Case($"{count} successions", null, between, texts);
        between.ForEach(seal => seal.Dispose());
        return made;
    }

    private static KeySuccession Between(LocalSigner prior, LocalSigner next, DateTimeOffset at) =>
        new()
        {
            Id = BundleScene.NewId(),
            Store = BundleScene.StoreId,
            Party = BundleScene.StoreId,
            Use = StoreKeyUse.Seal,
            Prior = prior.KeyId,
            Key = next.KeyId,
            Gen = at,
            Ends = at.AddDays(1),
        };

    private KeySuccession OfLog() => Between(First, Second, BundleScene.Start) with { Use = StoreKeyUse.Log };

    private static IEnumerable<string> Both(KeySuccession record, LocalSigner prior, LocalSigner next) =>
        [By(prior, record), By(next, record)];

    private static string By(LocalSigner signer, KeySuccession record) =>
        KeyRecordToken.IssueAsync(record, signer).AsTask().GetAwaiter().GetResult().Text;

    private static string Changed(string text) => text[..^20] + (text[^20] == 'A' ? 'B' : 'A') + text[^19..];

    private string AtTheBeginning(KeySuccession record) =>
        By(Second, record with { Gen = DateTimeOffset.MinValue, Ends = BundleScene.Start.AddDays(-3) });

    private string Written(KeySuccession record, string old, string changed)
    {
        var parts = By(First, record).Split('.');
        var payload = Encoding.UTF8.GetString(Decode(parts[1])).Replace(old, changed, StringComparison.Ordinal);
        return BundleScene.SignText(Decode(parts[0]), Encoding.UTF8.GetBytes(payload), First);
    }

    private static byte[] Decode(string part)
    {
        Assert.True(Core.Encoding.Base64UrlText.TryDecode(part, out var octets));
        return octets;
    }

    private BundleCase Case(string name, string? fault, params IEnumerable<string> successions) => Case(name, fault, [], successions);

    private BundleCase Case(string name, string? fault, IEnumerable<LocalSigner> others, IEnumerable<string> successions)
    {
        List<KeyView> views =
        [
            .. scene.Keys.Select(KeyViews.ToView),
            .. others
                .Prepend(Second)
                .Prepend(First)
                .Select(signer => BundleScene.Key(BundleScene.StoreId, signer.PublicKey, KeyHolder.Kms))
                .Select(key => (key with { NotBefore = DateTimeOffset.MinValue, NotAfter = DateTimeOffset.MaxValue }).ToView()),
        ];
        var files = BundleScene.Files(scene.Completed, views);
        files.Add(BundlePaths.Successions, Encoding.ASCII.GetBytes(string.Concat(successions.Select(text => text + "\n"))));
        return new(name, fault, scene.Pack(files));
    }
}
