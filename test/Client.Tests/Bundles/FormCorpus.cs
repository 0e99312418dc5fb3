using System.Text;

namespace FairShare.Client.Tests.Bundles;

/// <summary>Bundles with a challenge that is not in the one form of tokens; its signature is right where it has one.</summary>
internal sealed class FormCorpus(BundleScene scene)
{
    private string Header => Encoding.UTF8.GetString(Decode(0));

    private string Payload => Encoding.UTF8.GetString(Decode(1));

    public IEnumerable<BundleCase> Cases() => Texts().Concat(Headers()).Concat(Payloads()).Concat(Octets());

    private IEnumerable<BundleCase> Texts()
    {
        var text = scene.Challenge.Text;
        yield return Case("malformed-jws", text[..^1]);
        yield return Case("malformed-jws", text + "A");
        yield return Case("malformed-jws", text + ".");
        yield return Case("malformed-jws", text.Replace(".", "..", StringComparison.Ordinal));
        yield return Case("malformed-jws", text + "==");
        yield return Case("malformed-jws", text.Insert(40, "\n"));
        yield return Case("malformed-jws", "");
        yield return Case("malformed-jws", "\u00ff.a.b");
        yield return Case("malformed-jws", text[..^1] + (text[^1] == 'B' ? 'C' : 'B'));
        yield return Case("token-too-large", text + new string('A', 16 * 1024));
    }

    private IEnumerable<BundleCase> Headers()
    {
        (string Code, string Old, string New)[] changes =
        [
            ("unsupported-algorithm", "ES256", "none"),
            ("unsupported-algorithm", "ES256", "es256"),
            ("unknown-kind", "ReceiptChallenge", "KeyPossession"),
            ("unknown-kind", "ReceiptChallenge", "toString"),
            ("wrong-kind", "ReceiptChallenge", "ReleaseRecord"),
            ("missing-member:header.alg", "\"alg\":\"ES256\",", ""),
            ("missing-member:header.kid", "\"kid\"", "\"k\""),
            ("unknown-member:header", "{\"alg", "{\"crit\":[],\"alg"),
            ("duplicate-member:header", "{\"alg", "{\"alg\":\"ES256\",\"alg"),
            ("duplicate-member:header", "{\"alg", "{\"\\u0061lg\":\"ES256\",\"alg"),
            ("invalid-member:header.alg", "\"ES256\"", "1"),
            ("invalid-member:header.kid", scene.Store.KeyId.ToString(), "x"),
            ("malformed-json:header", "{", "["),
            ("malformed-json:header", "{", "\ufeff{"),
            ("not-canonical", "{", " {"),
        ];
        return changes
            // A header of another kind makes the payload's event the first thing that is wrong.
            .Select(change => change.Code == "wrong-kind" ? change with { Code = "invalid-member:event" } : change)
            .Select(change => Case(change.Code, Signed(Replace(Header, change.Old, change.New), Payload)));
    }

    private IEnumerable<BundleCase> Payloads()
    {
        var exchange = scene.Challenge.Statement.Exchange.ToString()!;
        (string Code, string Old, string New)[] changes =
        [
            ("invalid-member:ver", "\"ver\":1", "\"ver\":2"),
            ("invalid-member:ver", "\"ver\":1", "\"ver\":1.0"),
            ("invalid-member:ver", "\"ver\":1", "\"ver\":1e0"),
            ("invalid-member:ver", "\"ver\":1", "\"ver\":\"1\""),
            ("invalid-member:ver", "\"ver\":1", "\"ver\":null"),
            ("invalid-member:ver", "\"ver\":1", "\"ver\":99999999999999999999"),
            ("malformed-json", "\"ver\":1", "\"ver\":01"),
            ("malformed-json", "\"ver\":1", "\"ver\":+1"),
            ("malformed-json", "\"ver\":1", "\"ver\":NaN"),
            ("malformed-json", "\"ver\":1", "\"ver\":1,"),
            ("malformed-json", "\"ver\":1", "ver:1"),
            ("malformed-json", "\"ver\":1", "\"ver\":1/**/"),
            ("malformed-json", "\"ver\":1", "\"x\":\"\\ud800\",\"ver\":1"),
            ("malformed-json", "\"ver\":1", "\"x\":\"\t\",\"ver\":1"),
            ("malformed-json", "\"ver\":1", "\"x\":{\"a\":{\"b\":{\"c\":{}}}},\"ver\":1"),
            ("unknown-member", "\"ver\":1", "\"x\":{\"a\":{\"b\":{}}},\"ver\":1"),
            ("unknown-member", "\"ver\":1", "\"__proto__\":{},\"ver\":1"),
            ("duplicate-member", "\"ver\":1", "\"ver\":1,\"ver\":1"),
            ("duplicate-member:doc", "\"doc\":{", "\"doc\":{\"id\":\"x\","),
            ("missing-member:ver", "\"ver\":1,", ""),
            ("missing-member:rcpt", "\"rcpt\"", "\"rcp\""),
            ("missing-member:doc.size", "\"size\"", "\"siz\""),
            ("missing-member:nonce", $"\"nonce\":\"{scene.Challenge.Statement.Nonce}\",", ""),
            ("unknown-member:doc", "\"doc\":{", "\"doc\":{\"x\":1,"),
            ("invalid-member:doc", "\"doc\":{", "\"doc\":[],\"d\":{"),
            ("invalid-member:pol", "policy:2", "policy:3"),
            ("invalid-member:event", "NotificationForAcceptance", "SubmissionAcceptance"),
            ("invalid-member:id", $"\"id\":\"{scene.Challenge.Statement.Id}\"", "\"id\":\"x\""),
            ("invalid-member:orig", BundleScene.AliceId.ToString(), BundleScene.AliceId.ToString().ToUpperInvariant()),
            ("invalid-member:rcpt", $"[\"{BundleScene.BobId}\"]", $"[\"{BundleScene.BobId}\",1]"),
            ("invalid-member:rcpt", $"[\"{BundleScene.BobId}\"]", "[\"bob\"]"),
            ("invalid-member:rcpt", $"[\"{BundleScene.BobId}\"]", "[]"),
            ("invalid-member:rcpt", $"[\"{BundleScene.BobId}\"]", $"[\"{BundleScene.AliceId}\",\"{BundleScene.BobId}\"]"),
            ("invalid-member:ttp", "urn:fairshare:tds:corpus", "urn:fairshare:tds:"),
            ("invalid-member:exch", exchange, exchange + "A"),
            ("invalid-member:exch", exchange, exchange[..21] + "B"),
            ("invalid-member:doc.size", "\"size\":27", "\"size\":0"),
            ("invalid-member:doc.size", "\"size\":27", "\"size\":-1"),
            ("invalid-member:doc.size", "\"size\":27", "\"size\":5368709121"),
            ("invalid-member:doc.size", "\"size\":27", "\"size\":9223372036854775807"),
            ("invalid-member:doc.method", "\"sha-256\"", "\"sha-1\""),
            ("invalid-member:doc.method", "\"sha-256\"", "\"sha-256-parts\""),
            ("invalid-member:doc.method", "\"sha-256\"", "\"sha-256-parts\",\"partSize\":5242879"),
            ("invalid-member:doc.type", "application/octet-stream", "application"),
            ("invalid-member:doc.version", "\"version\":\"v\"", "\"version\":\"null\""),
            ("invalid-member:doc.version", "\"version\":\"v\"", "\"version\":\"a b\""),
            ("missing-member:doc.commitment", "\"commitment\"", "\"digest\""),
            ("invalid-member:gen", "\"gen\":\"2026-11-21T12:01:00.000Z\"", "\"gen\":\"2026-11-21T12:01:00Z\""),
            ("invalid-member:gen", "\"gen\":\"2026-11-21T12:01:00.000Z\"", "\"gen\":\"2026-02-30T12:01:00.000Z\""),
            ("invalid-member:gen", "\"gen\":\"2026-11-21T12:01:00.000Z\"", "\"gen\":\"0000-11-21T12:01:00.000Z\""),
            ("invalid-member:gen", "\"gen\":\"2026-11-21T12:01:00.000Z\"", "\"gen\":\"2026-11-21T14:01:00.000Z\""),
            ("unknown-member:hold", "\"due\":", "\"hold\":\"self\",\"due\":"),
            ("unknown-member:reason", "\"due\":", "\"reason\":\"x\",\"due\":"),
            ("not-canonical", "\"ver\":1,", "\"ver\":1, "),
            ("not-canonical", "\"orig\"", "\"\\u006frig\""),
            ("not-canonical", "application/octet", "application\\/octet"),
            (
                "not-canonical",
                "\"ver\":1,\"id\":" + $"\"{scene.Challenge.Statement.Id}\"",
                $"\"id\":\"{scene.Challenge.Statement.Id}\",\"ver\":1"
            ),
        ];
        return changes.Select(change => Case(change.Code, Signed(Header, Replace(Payload, change.Old, change.New)))).Concat(Names());
    }

    private IEnumerable<BundleCase> Names()
    {
        string[] names =
        [
            "",
            ".",
            "..",
            "a/b",
            "a\\\\b",
            " a",
            "a ",
            "a\u202eb",
            "a\u200bb",
            "a\\nb",
            "a\u2028b",
            "a\u0308",
            new string('a', 256),
            "\u00ad",
        ];
        return names.Select(name => Case("invalid-member:doc.name", Signed(Header, Replace(Payload, "<Füchse & 契約>.txt", name))));
    }

    private IEnumerable<BundleCase> Octets()
    {
        var payload = Decode(1);
        var at = payload.AsSpan().IndexOf("Füchse"u8);
        payload[at + 1] = 0xFF;
        yield return Case("malformed-json", BundleScene.SignText(Decode(0), payload, scene.Store));
    }

    private string Signed(string header, string payload) =>
        BundleScene.SignText(Encoding.UTF8.GetBytes(header), Encoding.UTF8.GetBytes(payload), scene.Store);

    private byte[] Decode(int part)
    {
        Assert.True(Core.Encoding.Base64UrlText.TryDecode(scene.Challenge.Text.Split('.')[part], out var octets));
        return octets;
    }

    private static string Replace(string text, string old, string changed)
    {
        var at = text.IndexOf(old, StringComparison.Ordinal);
        Assert.True(at >= 0, $"{old} does not stand in {text}");
        return text[..at] + changed + text[(at + old.Length)..];
    }

    private BundleCase Case(string code, string challenge) =>
        new(
            $"{code} {challenge}",
            $"challenge.form: {code}:",
            scene.Pack(scene.Files(new Dictionary<string, string>(scene.Completed) { ["challenge"] = challenge }))
        );
}
