using System.IO.Compression;

namespace FairShare.Client.Tests.Bundles;

/// <summary>Archives that no verifier opens: each with one trick.</summary>
internal static class ArchiveCorpus
{
    private static readonly byte[] Text = [1, 2, 3];

    public static IEnumerable<BundleCase> Cases(byte[] whole) =>
        Tricks().Concat(OfWhole(whole)).Select(trick => new BundleCase(trick.Name, $"bundle.archive: {trick.Code}", trick.Archive));

    private static IEnumerable<(string Name, string Code, byte[] Archive)> Tricks()
    {
        yield return ("empty", "not-a-zip", []);
        yield return ("text", "not-a-zip", new byte[500]);
        yield return ("twice", "duplicate-name", RawArchive.Write(new RawFile("a", Text), new RawFile("a", Text)));
        yield return ("twice but for case", "duplicate-name", RawArchive.Write(new RawFile("a", Text), new RawFile("A", Text)));
        foreach (var name in new[] { "../a", "/a", "a//b", "a/../b", "a\\b", ".a", "a/", "", "ä", "a b", "C:a", new string('a', 201) })
        {
            yield return ($"name '{name}'", "invalid-name", RawArchive.Write(new RawFile(name, Text)));
        }

        yield return ("encrypted", "encrypted", One(file => file with { Flags = 1 }));
        yield return ("headers encrypted", "encrypted", One(file => file with { Flags = 0x2000 }));
        yield return ("sizes behind", "data-descriptor", One(file => file with { Flags = 8 }));
        yield return ("unknown flag", "unknown-flag", One(file => file with { Flags = 0x10 }));
        foreach (var method in new ushort[] { 8, 9, 12, 14, 93, 99 })
        {
            yield return ($"method {method}", "unknown-method", One(file => file with { Method = method }));
        }

        yield return ("bomb", "unknown-method", Bomb());
        yield return ("announced bomb", "too-large", One(file => file with { Size = 65 << 20 }));
        yield return ("zip64", "zip64", One(file => file with { Size = 0xFFFFFFFF }));
        yield return ("extra field", "extra-field", One(file => file with { Extra = new byte[4] }));
        yield return ("link", "not-a-file", One(file => file with { Attributes = 0xA1FF0000 }));
        yield return ("folder", "not-a-file", One(file => file with { Attributes = 0x41ED0000 }));
        yield return ("two names", "header-mismatch", One(file => file with { LocalName = "b" }));
        yield return ("shifted", "not-contiguous", One(file => file with { Shift = 1 }));
        yield return ("gap", "not-contiguous", RawArchive.Write([new RawFile("a", Text)], 5, 0));
        yield return ("part", "split", RawArchive.Write([new RawFile("a", Text)], 0, 1));
        yield return ("cut content", "truncated", One(file => file with { Compressed = 100, Size = 100 }));
        yield return ("other size", "wrong-size", One(file => file with { Size = 2 }));
        yield return ("other checksum", "wrong-checksum", One(file => file with { Checksum = 7 }));
        yield return (
            "overlapping files",
            "not-contiguous",
            RawArchive.Write(new RawFile("a", Text), new RawFile("b", Text) { Shift = unchecked((uint)-34) })
        );
        yield return ("4097 files", "too-many-files", RawArchive.Write([.. Many(4097)]));
        yield return ("100,000 files", "too-many-files", RawArchive.Write([.. Many(100_000)]));
    }

    private static IEnumerable<(string Name, string Code, byte[] Archive)> OfWhole(byte[] whole)
    {
        yield return ("something before", "not-contiguous", [0, .. whole]);
        yield return ("something behind", "not-a-zip", [.. whole, 0]);
        yield return ("cut", "not-a-zip", whole[..^30]);
        yield return ("comment", "comment", [.. whole[..^2], 1, 0]);
        yield return ("two archives", "not-contiguous", [.. whole, .. whole]);
        yield return ("more than 64 MiB", "too-large", [.. new byte[65 << 20], .. whole]);
    }

    private static IEnumerable<RawFile> Many(int count) =>
        Enumerable.Range(0, count).Select(number => new RawFile($"tokens/{number}.jws", Text));

    private static byte[] One(Func<RawFile, RawFile> change) => RawArchive.Write(change(new RawFile("a", Text)));

    private static byte[] Bomb()
    {
        using var deflated = new MemoryStream();
        using (var deflating = new DeflateStream(deflated, CompressionLevel.Optimal, leaveOpen: true))
        {
            deflating.Write(new byte[10 << 20]);
        }

        return RawArchive.Write(new RawFile("bundle.json", deflated.ToArray()) { Method = 8, Size = 10 << 20 });
    }
}
