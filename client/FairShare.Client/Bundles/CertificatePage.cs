using System.Text;
using FairShare.Client.Evidence;
using FairShare.Contracts.Parties;
using FairShare.Core.Digests;
using FairShare.Core.Identifiers;
using FairShare.Exchange.Evidence;
using FairShare.Exchange.KeyRecords;

namespace FairShare.Client.Bundles;

/// <summary>
/// The page of a bundle for people: who exchanged what and when, under which policy, and what verifying proves. It says nothing that the
/// tokens do not say, so a verifier writes it anew and compares: a page that says something else is found out.
/// </summary>
internal static class CertificatePage
{
    private const string Style =
        "@page{size:A4;margin:15mm}body{font:10pt/1.35 sans-serif;max-width:180mm;margin:auto}h1{font-size:16pt}h2{font-size:11pt}"
        + "table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:1mm 2mm;border-top:1px solid #999}"
        + "th{width:28mm}td{overflow-wrap:anywhere}li{margin:0}";

    private static readonly string[] Meaning =
    [
        "A signature that verifies shows that the holder of the key signed exactly this statement.",
        "A key that is its owner's, and was valid then, shows who that holder is, as far as the store vouches for it.",
        "References that agree show that receipt and release speak of this document and this exchange, and of no other.",
        "A release shows that each side could read the other's evidence from that time on, and neither before.",
        "A digest that agrees shows that a file is the document, to the last bit.",
        "All of this holds for whoever knows the store's key from elsewhere than this bundle. This page itself proves nothing: verify the"
            + " bundle.",
    ];

    /// <summary>Writes the page.</summary>
    /// <param name="verdict">What the evidence is about.</param>
    /// <param name="tokens">The tokens by their names.</param>
    /// <param name="keys">The keys.</param>
    public static byte[] Write(FolderVerdict verdict, IReadOnlyDictionary<string, string> tokens, IReadOnlyList<KeyView> keys)
    {
        List<string> lines =
        [
            "<!doctype html>",
            "<html lang=\"en\">",
            "<meta charset=\"utf-8\">",
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">",
            "<title>Certificate of a fair exchange</title>",
            $"<style>{Style}</style>",
            "<h1>Certificate of a fair exchange</h1>",
            "<table>",
            .. Facts(verdict, keys).Select(fact => Row(fact.Name, fact.Value)),
            "</table>",
            "<h2>The evidence</h2>",
            "<table>",
            .. EvidenceSet.Names.Where(tokens.ContainsKey).Select(name => TokenRow(tokens[name], keys)),
            "</table>",
            "<h2>What verifying it proves</h2>",
            "<ul>",
            .. Meaning.Select(sentence => $"<li>{Escape(sentence)}"),
            "</ul>",
        ];
        return Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n");
    }

    private static IEnumerable<(string Name, string Value)> Facts(FolderVerdict verdict, IReadOnlyList<KeyView> keys)
    {
        if (verdict is not { Statement: { } statement, Document: { } document })
        {
            yield break;
        }

        yield return ("Ending", verdict.State);
        yield return ("Document", document.Name.ToString());
        yield return ("Type and size", $"{document.Type}, {document.Size} bytes");
        yield return document.Digest is { } digest
            ? ("Digest", $"{digest.Method.Name()} {digest.Value}")
            : ("Commitment", $"{document.Commitment}");
        yield return ("From", Who(statement.Origin, keys));
        yield return ("To", string.Join(", ", statement.Recipients.Select(party => Who(party, keys))));
        yield return ("Through", statement.Store.ToString());
        yield return ("Exchange", $"{statement.Exchange}");
        yield return ("Policy", statement.Policy.Uri());
        yield return ("Deadline", statement.Due is { } due ? Timestamp.Format(due) : "");
    }

    private static string TokenRow(string text, IReadOnlyList<KeyView> keys)
    {
        if (!EvidenceToken.TryParse(text.Trim(), out var token, out _))
        {
            return Row("?", "not a token");
        }

        var key = keys.FirstOrDefault(key => key.Kid == token.KeyId.ToString());
        var holder = key?.Kind ?? "?";
        var made = KeyCertificate.Find(key?.Certificate ?? "")?.IsMadeInPage == true ? ", made in a web page" : "";
        return Row(
            token.Kind.TypeName(),
            $"{Timestamp.Format(token.Statement.Gen!.Value)}, signed by {token.Statement.Signer} with the key "
                + $"{token.KeyId} ({holder}{made}), hash {token.Hash}"
        );
    }

    // As the certificates of its keys say, each thing once: one key's may tell less than another's.
    private static string Who(PartyId party, IReadOnlyList<KeyView> keys)
    {
        var told = keys.Where(key => key.Party == party.ToString())
            .OrderBy(key => key.Kid, StringComparer.Ordinal)
            .Select(key => KeyCertificate.Find(key.Certificate ?? ""))
            .OfType<KeyCertificate>()
            .SelectMany(certificate => new[] { Said(certificate.Name), Verified(certificate.Email) })
            .OfType<string>()
            .Distinct();
        return string.Join(", ", told.Prepend(party.ToString()));
    }

    private static string? Said(DocumentName? name) => name is { } called ? $"says to be {called}" : null;

    private static string? Verified(EmailAddress? email) => email is { } address ? $"verified address {address}" : null;

    // Names are in whatever script they are: each is kept apart from the text around it.
    private static string Row(string name, string value) => $"<tr><th>{Escape(name)}<td><bdi>{Escape(value)}</bdi>";

    private static string Escape(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal)
            .Replace("<", "&lt;", StringComparison.Ordinal)
            .Replace(">", "&gt;", StringComparison.Ordinal)
            .Replace("\"", "&quot;", StringComparison.Ordinal)
            .Replace("'", "&#39;", StringComparison.Ordinal);
}
