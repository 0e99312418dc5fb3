using System.Text;
using FairShare.Client.Bundles;

namespace FairShare.Client.Tests.Bundles;

/// <summary>Bundles whose list, keys or page is wrong.</summary>
internal sealed class FileCorpus(BundleScene scene)
{
    public IEnumerable<BundleCase> Cases() => Lists().Concat(OtherFiles()).Concat(Keys());

    private IEnumerable<BundleCase> Lists()
    {
        var text = Encoding.UTF8.GetString(ListOf(Files()).Write());
        string[] wrong =
        [
            "",
            "null",
            "[]",
            "{}",
            "{",
            text + "\n",
            "\ufeff" + text,
            text.Replace(":1\"", ":2\"", StringComparison.Ordinal),
            text.Replace("{\"format", "{\"x\":1,\"format", StringComparison.Ordinal),
            text.Replace("{\"format", "{\"format\":\"urn:fairshare:bundle:1\",\"format", StringComparison.Ordinal),
            text.Replace("\"files\":[", "\"files\":[null,", StringComparison.Ordinal),
            text.Replace("\"size\":", "\"size\": ", StringComparison.Ordinal),
            text.Replace("\"size\":", "\"size\":1e0,\"x\":", StringComparison.Ordinal),
            text.Replace("\"size\":", "\"size\":-", StringComparison.Ordinal),
            text.Replace("\"store\":\"urn", "\"store\":\"\\u0075rn", StringComparison.Ordinal),
            text.Replace("\"path\":\"k", "\"path\":\"<k", StringComparison.Ordinal),
            text.Replace("\"path\":\"k", "\"path\":\"\\ud800k", StringComparison.Ordinal),
        ];
        foreach (var list in wrong)
        {
            yield return new BundleCase(
                $"list {list[..Math.Min(60, list.Length)]}",
                "bundle.list: bundle.json is",
                WithList(list, Files())
            );
        }

        var without = RawArchive.Write([.. Files().Select(file => new RawFile(file.Key, file.Value))]);
        yield return new BundleCase("no list", "bundle.list: bundle.json is missing", without);
    }

    private IEnumerable<BundleCase> OtherFiles()
    {
        var files = Files();
        var list = ListOf(files);
        yield return Listed("file missing", "nro.jws is missing", list, Without(files, "nro.jws"));
        yield return Listed("file unlisted", "refusal.jws is not listed", list, With(files, "refusal.jws", "x"));
        yield return Listed("size", "nro.jws has 1 bytes instead of", list, With(files, "nro.jws", "x"));
        var other = Encoding.Latin1.GetString(files["nro.jws"]);
        yield return Listed(
            "hash",
            "nro.jws has another hash",
            list,
            With(files, "nro.jws", other.Replace("e", "f", StringComparison.Ordinal))
        );
        yield return Listed(
            "order",
            "nro.jws stands in the wrong place",
            list with
            {
                Files = [.. list.Files.Reverse().Skip(1), list.Files[0]],
            },
            files
        );
        yield return Listed(
            "listed twice",
            "certificate.html stands in the wrong place",
            list with
            {
                Files = [list.Files[0], .. list.Files],
            },
            files
        );
        var strange = With(files, "readme.txt", "x");
        yield return Listed("strange file", "readme.txt is no file of a bundle", ListOf(strange), strange);
        yield return new BundleCase("other exchange", "bundle.subject:", Packed(list with { Exchange = "AAAAAAAAAAAAAAAAAAAAAA" }, files));
        yield return new BundleCase("other store", "bundle.subject:", Packed(list with { Store = "urn:fairshare:tds:other" }, files));
        var page = Encoding.UTF8.GetString(files[BundlePaths.Page]).Replace("Completed", "Declined", StringComparison.Ordinal);
        yield return new BundleCase("lying page", "bundle.page:", scene.Pack(With(files, BundlePaths.Page, page)));
        yield return new BundleCase("no page", "bundle.page:", scene.Pack(Without(files, BundlePaths.Page)));
    }

    private IEnumerable<BundleCase> Keys()
    {
        var text = Encoding.UTF8.GetString(Files()[BundlePaths.Keys]);
        var kid = scene.Keys.Select(key => key.KeyId.ToString()).Order(StringComparer.Ordinal).First();
        var x = scene.Keys.First(key => key.KeyId.ToString() == kid).Key.ToJwk().Split("\"x\":\"")[1][..43];
        string[] wrong =
        [
            "",
            "{}",
            "[]",
            "null",
            text + " ",
            text.Replace("{\"keys\":[", "{\"keys\":[null,", StringComparison.Ordinal),
            text.Replace("\"kind\":\"self\"", "\"kind\":\"other\"", StringComparison.Ordinal),
            text.Replace("\"kty\":\"EC\"", "\"kty\":\"OKP\"", StringComparison.Ordinal),
            text.Replace("\"crv\":", "\"d\":\"AA\",\"crv\":", StringComparison.Ordinal),
            text.Replace(kid, new string('A', 43), StringComparison.Ordinal),
            text.Replace(x, new string('A', 43), StringComparison.Ordinal),
            text.Replace(x, x[..42] + (x[42] == 'A' ? 'E' : 'A'), StringComparison.Ordinal),
            text.Replace(
                "\"notAfter\":\"2026-11-22T12:00:00.000Z\"",
                "\"notAfter\":\"2026-11-32T12:00:00.000Z\"",
                StringComparison.Ordinal
            ),
            text.Replace(
                "\"notAfter\":\"2026-11-22T12:00:00.000Z\"",
                "\"notAfter\":\"2026-11-22T24:00:00.000Z\"",
                StringComparison.Ordinal
            ),
            text.Replace("\"notAfter\":\"2026-11-22T12:00:00.000Z\"", "\"notAfter\":\"2026-11-22T12:00:00Z\"", StringComparison.Ordinal),
            text.Replace(",\"notBefore\":\"2026-11-20T12:00:00.000Z\"", "", StringComparison.Ordinal),
            text.Replace("3f2504e0", "3F2504E0", StringComparison.Ordinal),
            text.Replace("Z\"}", "Z\",\"certificate\":5}", StringComparison.Ordinal),
            text.Replace("Z\"}", "Z\",\"retirement\":[\"a.b.c\"]}", StringComparison.Ordinal),
            text.Replace("},{", "},{},{", StringComparison.Ordinal),
            Reversed(text),
        ];
        foreach (var keys in wrong)
        {
            yield return new BundleCase($"keys {keys}", "bundle.keys:", scene.Pack(With(Files(), BundlePaths.Keys, keys)));
        }

        yield return new BundleCase("no keys", "bundle.keys:", scene.Pack(Without(Files(), BundlePaths.Keys)));
    }

    private static string Reversed(string keys)
    {
        var list = System.Text.Json.Nodes.JsonNode.Parse(keys)!["keys"]!.AsArray();
        return $"{{\"keys\":[{string.Join(',', list.Reverse().Select(key => key!.ToJsonString()))}]}}";
    }

    private Dictionary<string, byte[]> Files() => scene.Files(scene.Completed);

    private BundleList ListOf(Dictionary<string, byte[]> files) =>
        BundleList.Of($"{BundleScene.StoreId}", $"{scene.Challenge.Statement.Exchange}", files);

    private static BundleCase Listed(string name, string fault, BundleList list, Dictionary<string, byte[]> files) =>
        new(name, $"bundle.files: {fault}", Packed(list, files));

    private static byte[] Packed(BundleList list, Dictionary<string, byte[]> files) => EvidenceBundle.Pack(list, files);

    private static byte[] WithList(string list, Dictionary<string, byte[]> files) =>
        RawArchive.Write([
            new RawFile(BundleList.Path, Encoding.UTF8.GetBytes(list)),
            .. files.Select(file => new RawFile(file.Key, file.Value)),
        ]);

    private static Dictionary<string, byte[]> With(Dictionary<string, byte[]> files, string path, string text) =>
        new(files) { [path] = Encoding.UTF8.GetBytes(text) };

    private static Dictionary<string, byte[]> Without(Dictionary<string, byte[]> files, string path) =>
        files.Where(file => file.Key != path).ToDictionary();
}
