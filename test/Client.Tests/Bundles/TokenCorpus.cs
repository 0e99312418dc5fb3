using FairShare.Client.Parties;
using FairShare.Core.Digests;
using FairShare.Core.Identifiers;
using FairShare.Core.Keys;
using FairShare.Exchange.Evidence;
using static FairShare.Client.Tests.Bundles.BundleScene;

namespace FairShare.Client.Tests.Bundles;

/// <summary>Bundles with a token that is signed by whom it should be, or not, and does not say what it must.</summary>
internal sealed class TokenCorpus(BundleScene scene)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    public IEnumerable<BundleCase> Cases() => Valid().Concat(Endings()).Concat(OfKeys()).Concat(Statements_()).Concat(Times());

    private IEnumerable<BundleCase> Valid()
    {
        yield return Case("completed", null, scene.Completed);
        yield return Case("open", null, Only("challenge"));
        yield return Case("open, for the uploader", null, Only("nro", "challenge"));
        yield return Case("declined", null, With(Only("nro", "challenge"), ("refusal", scene.Refusal), ("record", scene.Declined)));
        yield return Case("aborted", null, With(Only("challenge"), ("record", scene.Aborted)));
        yield return Case("expired", null, With(Only("challenge"), ("record", scene.Expired)));
        yield return Case("with the deposit", null, With(scene.Completed, ("receipt", scene.Deposit)));
        yield return Case("spaces around", null, new(scene.Completed) { ["nro"] = $"\t \u00a0{scene.Origin.Text}\r\n\u0085" });
    }

    private IEnumerable<BundleCase> Endings()
    {
        yield return Case("two endings", "exchange.ending:", With(scene.Completed, ("record", scene.Aborted)));
        yield return Case("release alone", "nrr.form: malformed-jws", Only("nro", "challenge", "release"));
        yield return Case("receipt alone", "release.form: malformed-jws", Only("nro", "challenge", "nrr"));
        yield return Case("no origin", "nro.form: malformed-jws", Only("challenge", "nrr", "release"));
        yield return Case("no challenge", "challenge.form: malformed-jws", Only("nro", "nrr", "release"));
        yield return Case("refusal alone", "record.form: malformed-jws", With(Only("challenge"), ("refusal", scene.Refusal)));
        yield return Case(
            "decline without its refusal",
            "record.statement: statement-mismatch:ref",
            With(Only("challenge"), ("record", scene.Declined))
        );
        yield return Case("other kind", "nrr.form: wrong-kind", With(scene.Completed, ("nrr", scene.Refusal)));
        yield return Case("swapped", "nro.form: wrong-kind", With(scene.Completed, ("nro", scene.Challenge), ("challenge", scene.Origin)));
        yield return Case("deposit", "bundle.subject:", With(Only("nro"), ("receipt", scene.Deposit)));
        yield return Case(
            "deposit and ending",
            "nrr.place:",
            With(Only("nro", "nrr"), ("receipt", scene.Deposit), ("record", scene.Withdrawn))
        );
        var self = scene.ChallengeStatement with { Recipients = [AliceId] };
        yield return Case("with oneself", "exchange.parties:", With(Only("challenge"), ("challenge", Sign(self, scene.Store))));
        var audience = Sign(scene.OriginStatement with { Recipients = [AliceId] }, scene.Alice);
        var challenge = Statements.ReceiptChallenge(
            NewId(),
            audience,
            BobId,
            scene.Challenge.Statement.Exchange!.Value,
            scene.Challenge.Statement.Nonce!.Value,
            Start.Add(Minute),
            Due
        );
        yield return Case(
            "outsider",
            "nro.audience:",
            With(Only("challenge"), ("nro", audience), ("challenge", Sign(challenge, scene.Store)))
        );
    }

    private IEnumerable<BundleCase> OfKeys()
    {
        foreach (var name in new[] { "nro", "challenge", "nrr", "release" })
        {
            var text = scene.Completed[name];
            var dot = text.LastIndexOf('.');
            yield return Case(
                $"signature of {name}",
                $"{name}.signature: bad-signature",
                new(scene.Completed) { [name] = $"{text[..(dot + 9)]}{(text[dot + 9] == 'A' ? 'B' : 'A')}{text[(dot + 10)..]}" }
            );
            yield return Case(
                $"no signature of {name}",
                $"{name}.signature: bad-signature",
                new(scene.Completed) { [name] = text[..(dot + 1)] + new string('A', 86) }
            );
            yield return Case(
                $"no key of {name}",
                $"{name}.key: unknown-key",
                scene.Completed,
                [.. scene.Keys.Where(key => key.KeyId != EvidenceToken.Parse(text).KeyId)]
            );
            yield return Case(
                $"other owner of {name}",
                $"{name}.key: wrong-signer",
                scene.Completed,
                Changed(text, key => key with { Owner = PartyId.Store("x") })
            );
            yield return Case(
                $"{name} too late",
                $"{name}.key: key-not-valid",
                scene.Completed,
                Changed(text, key => key with { NotAfter = Start.AddMinutes(-6) })
            );
            yield return Case(
                $"{name} too early",
                $"{name}.key: key-not-valid",
                scene.Completed,
                Changed(text, key => key with { NotBefore = Start.AddHours(2) })
            );
            yield return Case(
                $"{name} retired",
                $"{name}.key: key-not-valid",
                scene.Completed,
                Changed(text, key => key with { RetiredAt = Start.AddMinutes(-6) })
            );
        }

        yield return Case(
            "nro by another holder",
            "nro.key: wrong-holder",
            scene.Completed,
            Changed(scene.Origin.Text, key => key with { Holder = KeyHolder.Kms })
        );
        yield return Case(
            "nro before its key",
            "nro.key: key-not-valid",
            scene.Completed,
            Changed(scene.Origin.Text, key => key with { NotBefore = Start.AddSeconds(1) })
        );
        yield return Case(
            "retired afterwards",
            null,
            scene.Completed,
            Changed(scene.Receipt.Text, key => key with { RetiredAt = Start.AddMinutes(4) })
        );
    }

    // The statements of each answer with one member changed, signed by the right key.
    private IEnumerable<BundleCase> Statements_()
    {
        (string Name, EvidenceToken Token, LocalSigner Signer)[] answers =
        [
            ("challenge", scene.Challenge, scene.Store),
            ("nrr", scene.Receipt, scene.Bob),
            ("release", scene.Release, scene.Store),
        ];
        foreach (var (name, token, signer) in answers)
        {
            foreach (var (member, changed) in Changes(token.Statement))
            {
                // What the challenge alone states of the exchange is compared with the answers to it.
                var fault = $"{name}.statement: statement-mismatch:{member}";
                yield return Case($"{member} of {name}", fault, With(scene.Completed, (name, Sign(changed, signer))));
            }
        }

        var old = scene.OriginStatement with { Policy = EvidencePolicy.Disclosing, Salt = null };
        yield return Case(
            "other policy",
            "challenge.statement: statement-mismatch:pol",
            With(scene.Completed, ("nro", Sign(old, scene.Alice)))
        );
        var disclosing = scene.OriginStatement with { DisclosesDigest = true };
        yield return Case(
            "not disclosed",
            "challenge.statement: statement-mismatch:doc.id",
            With(scene.Completed, ("nro", Sign(disclosing, scene.Alice)))
        );
    }

    private static IEnumerable<(string Member, EvidenceStatement Changed)> Changes(EvidenceStatement stated)
    {
        yield return ("orig", stated with { Origin = PartyId.Parse("00000000-0000-0000-0000-000000000001") });
        yield return ("ref", stated with { References = [.. stated.References.SkipLast(1), Sha256Digest.Of([1])] });
        yield return ("doc.commitment", stated with { Document = Committed(stated, 1) });
        if (stated.Kind == EvidenceKind.ReceiptChallenge)
        {
            yield break;
        }

        yield return ("exch", stated with { Exchange = ExchangeId.Parse("AAAAAAAAAAAAAAAAAAAAAA") });
        yield return ("due", stated with { Due = stated.Due + Minute });
        if (stated.Nonce is not null)
        {
            yield return ("nonce", stated with { Nonce = Core.Identifiers.Nonce.Parse("AAAAAAAAAAAAAAAAAAAAAA") });
        }
    }

    private IEnumerable<BundleCase> Times()
    {
        yield return Case("challenge before origin", "nro.order:", Redone(Start.AddMinutes(-5) - TimeSpan.FromMilliseconds(1)));
        yield return Case("challenge just not too early", null, Redone(Start.AddMinutes(-5)));
        foreach (
            var (offset, fault) in new (int, string?)[]
            {
                (-6, "nrr.time: outside-time:gen"),
                (-4, null),
                (12, null),
                (14, "nrr.time: outside-time:gen"),
            }
        )
        {
            var receipt = Sign(Statements.Receipt(NewId(), scene.Challenge, Start.AddMinutes(1 + offset), KeyHolder.Self), scene.Bob);
            var release = Sign(Statements.Release(NewId(), receipt, Start.AddMinutes(8)), scene.Store);
            yield return Case($"receipt {offset} minutes off", fault, With(scene.Completed, ("nrr", receipt), ("release", release)));
        }

        var early = Sign(Statements.Release(NewId(), scene.Receipt, Start), scene.Store);
        yield return Case("release before challenge", "release.time: outside-time:gen", With(scene.Completed, ("release", early)));
    }

    private Dictionary<string, string> Redone(DateTimeOffset at)
    {
        var stated = scene.Challenge.Statement;
        var challenge = Sign(
            Statements.ReceiptChallenge(NewId(), scene.Origin, BobId, stated.Exchange!.Value, stated.Nonce!.Value, at, Due),
            scene.Store
        );
        return With(Only("nro"), ("challenge", challenge));
    }

    private static DocumentDescription Committed(EvidenceStatement stated, byte seed) =>
        new DocumentDescription(
            stated.Document.Id,
            stated.Document.Version,
            stated.Document.Name,
            stated.Document.Type,
            stated.Document.Size,
            DocumentDigest.Whole(Sha256Digest.Of([seed]))
        ).Commit(DocumentSalt.New(new SystemRandomness()), false);

    private IReadOnlyList<PartyKey> Changed(string token, Func<PartyKey, PartyKey> change) =>
        [.. scene.Keys.Select(key => key.KeyId == EvidenceToken.Parse(token).KeyId ? change(key) : key)];

    private Dictionary<string, string> Only(params string[] names) =>
        scene.Completed.Where(token => names.Contains(token.Key)).ToDictionary();

    private static Dictionary<string, string> With(Dictionary<string, string> tokens, params (string Name, EvidenceToken Token)[] more)
    {
        var all = new Dictionary<string, string>(tokens);
        foreach (var (name, token) in more)
        {
            all[name] = token.Text;
        }

        return all;
    }

    private BundleCase Case(string name, string? fault, Dictionary<string, string> tokens, IReadOnlyList<PartyKey>? keys = null)
    {
        // A bundle names the exchange of its own challenge.
        var about =
            tokens.TryGetValue("challenge", out var text) && EvidenceToken.TryParse(text, out var challenge, out _)
                ? challenge.Statement
                : null;
        return new(name, fault, scene.Pack(scene.Files(tokens, keys), about));
    }
}
