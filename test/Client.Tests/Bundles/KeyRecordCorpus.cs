using System.Security.Cryptography;
using System.Text;
using FairShare.Client.Parties;
using FairShare.Contracts.Parties;
using FairShare.Core.Identifiers;
using FairShare.Core.Jose;
using FairShare.Core.Keys;
using FairShare.Exchange.KeyRecords;

namespace FairShare.Client.Tests.Bundles;

/// <summary>Bundles with the certificate of Bob's key, or the record of its retirement, in which something is wrong.</summary>
internal sealed class KeyRecordCorpus(BundleScene scene)
{
    private static readonly Nonce Any = Nonce.Parse("AAAAAAAAAAAAAAAAAAAAAA");

    private PartyKey Bobs => scene.Keys.Single(key => key.Owner == BundleScene.BobId);

    private PartyKey Retired => Bobs with { RetiredAt = BundleScene.Start.AddHours(2) };

    private KeyCertificate Certificate =>
        new()
        {
            Id = BundleScene.NewId(),
            Store = BundleScene.StoreId,
            Party = BundleScene.BobId,
            Key = Bobs.KeyId,
            Email = EmailAddress.Parse("bob@example.com"),
            Name = DocumentName.Parse("<script>'Bob' & \"Söhne\""),
            Holder = KeyHolder.Self,
            Proof = Proof(scene.Bob, BundleScene.BobId),
            NotBefore = Bobs.NotBefore,
            NotAfter = Bobs.NotAfter,
            Gen = BundleScene.Start,
        };

    private KeyRetirement Retirement =>
        new()
        {
            Id = BundleScene.NewId(),
            Store = BundleScene.StoreId,
            Party = BundleScene.BobId,
            Key = Bobs.KeyId,
            RetiredAt = Retired.RetiredAt!.Value,
            Gen = BundleScene.Start,
        };

    /// <summary>A certificate and a record of retirement in which nothing is wrong.</summary>
    public IReadOnlyList<string> Whole => [Sign(Certificate, scene.Store), Sign(Retirement, scene.Store)];

    public IEnumerable<BundleCase> Cases() => Certificates().Concat(Retirements());

    private IEnumerable<BundleCase> Certificates()
    {
        var whole = Sign(Certificate, scene.Store);
        yield return Certified("certificate", null, whole);
        yield return Certified("without name", null, Sign(Certificate with { Name = null, Email = null }, scene.Store));
        yield return Certified(
            "made in the page",
            null,
            Sign(Certificate with { Proof = Proof(scene.Bob, BundleScene.BobId, "web") }, scene.Store)
        );
        yield return Certified(
            "made elsewhere",
            "proof: invalid-member:made",
            Sign(Certificate with { Proof = Proof(scene.Bob, BundleScene.BobId, "pen") }, scene.Store)
        );
        yield return Certified("empty", "form: malformed-jws", "");
        yield return Certified("evidence", "form: unknown-kind", scene.Challenge.Text);
        yield return Certified("retirement", "form: wrong-kind", Sign(Retirement, scene.Store));
        yield return Certified(
            "unknown key",
            "key: unknown-key",
            Sign(Certificate, new LocalSigner(ECDsa.Create(ECCurve.NamedCurves.nistP256)))
        );
        yield return Certified("by Alice", "key: wrong-signer", Sign(Certificate, scene.Alice));
        yield return Certified("by itself", "key: wrong-signer", Sign(Certificate, scene.Bob));
        yield return Certified("changed", "signature: bad-signature", whole[..^20] + (whole[^20] == 'A' ? 'B' : 'A') + whole[^19..]);
        (string Member, KeyCertificate Changed)[] changes =
        [
            ("party", Certificate with { Party = BundleScene.AliceId }),
            ("key", Certificate with { Key = scene.Alice.KeyId }),
            ("hold", Certificate with { Holder = KeyHolder.Kms }),
            ("notBefore", Certificate with { NotBefore = BundleScene.Start }),
            ("notAfter", Certificate with { NotAfter = BundleScene.Start }),
            ("proof", Certificate with { Proof = null }),
        ];
        foreach (var (member, changed) in changes)
        {
            yield return Certified($"other {member}", $"statement: statement-mismatch:{member}", Sign(changed, scene.Store));
        }

        yield return Certified(
            "other's proof",
            "proof: statement-mismatch:header.kid",
            Sign(Certificate with { Proof = Proof(scene.Alice, BundleScene.BobId) }, scene.Store)
        );
        yield return Certified(
            "proof for another",
            "proof: statement-mismatch:party",
            Sign(Certificate with { Proof = Proof(scene.Bob, BundleScene.AliceId) }, scene.Store)
        );
        yield return Certified("proof of nothing", "proof: malformed-jws", Sign(Certificate with { Proof = "x" }, scene.Store));
        yield return Certified(
            "receipt as proof",
            "proof: missing-member:party",
            Sign(Certificate with { Proof = scene.Receipt.Text }, scene.Store)
        );
        yield return Certified("upper case", "form: invalid-member:email", Written("bob@", "Bob@"));
        yield return Certified("no address", "form: invalid-member:email", Written("bob@example.com", "bob"));
        yield return Certified("unknown member", "form: unknown-member", Written("{", "{\"x\":1,"));
        yield return Certified("spaces", "form: not-canonical", Written("{", "{ "));
        yield return Certified("version", "form: invalid-member:ver", Written(":1,", ":2,"));
    }

    private IEnumerable<BundleCase> Retirements()
    {
        yield return OfRetired("retirement", null, Sign(Retirement, scene.Store));
        yield return OfRetired("certificate", "form: wrong-kind", Sign(Certificate, scene.Store));
        yield return OfRetired("by Bob", "key: wrong-signer", Sign(Retirement, scene.Bob));
        yield return OfRetired(
            "at another time",
            "statement: statement-mismatch:retiredAt",
            Sign(Retirement with { RetiredAt = BundleScene.Start }, scene.Store)
        );
        var hidden = Bobs.ToView() with { Retirement = Sign(Retirement, scene.Store) };
        yield return Case("hidden retirement", "retirement.statement: statement-mismatch:retiredAt", hidden);
        var whole = Sign(Retirement, scene.Store);
        yield return OfRetired("changed", "signature: bad-signature", whole[..^20] + (whole[^20] == 'A' ? 'B' : 'A') + whole[^19..]);
    }

    private string Written(string old, string changed)
    {
        var parts = Sign(Certificate, scene.Store).Split('.');
        var payload = Encoding.UTF8.GetString(Decode(parts[1]));
        return BundleScene.SignText(
            Decode(parts[0]),
            Encoding.UTF8.GetBytes(payload.Replace(old, changed, StringComparison.Ordinal)),
            scene.Store
        );
    }

    private static byte[] Decode(string part)
    {
        Assert.True(Core.Encoding.Base64UrlText.TryDecode(part, out var octets));
        return octets;
    }

    private static string Sign(KeyRecord record, LocalSigner signer) =>
        KeyRecordToken.IssueAsync(record, signer).AsTask().GetAwaiter().GetResult().Text;

    private static string Proof(LocalSigner signer, PartyId party, string? made = null) =>
        KeyPossession.IssueAsync(party, Any, signer, made).AsTask().GetAwaiter().GetResult();

    private BundleCase Certified(string name, string? fault, string certificate) =>
        Case(name, fault is null ? null : $"certificate.{fault}", Bobs.ToView() with { Certificate = certificate });

    private BundleCase OfRetired(string name, string? fault, string retirement) =>
        Case(name, fault is null ? null : $"retirement.{fault}", Retired.ToView() with { Retirement = retirement });

    private BundleCase Case(string name, string? fault, KeyView bobs)
    {
        List<KeyView> views = [.. scene.Keys.Where(key => key.Owner != BundleScene.BobId).Select(KeyViews.ToView), bobs];
        return new(name, fault, scene.Pack(BundleScene.Files(scene.Completed, views)));
    }
}
