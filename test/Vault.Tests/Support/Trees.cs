using FairShare.Vault.Extraction;
using FairShare.Vault.Packing;

namespace FairShare.Vault.Tests.Support;

internal static class Trees
{
    public static byte[] Pack(string path)
    {
        using var archive = new MemoryStream();
        SourceTree.List(path).WriteTo(archive);
        return archive.ToArray();
    }

    public static ExtractedTree Extract(byte[] archive, string folder, int maxEntries = 1 << 20) =>
        Extract(new MemoryStream(archive), folder, maxEntries);

    public static ExtractedTree Extract(Stream archive, string folder, int maxEntries = 1 << 20) =>
        new TreeExtractor(new CountedRandomness(99), maxEntries).Extract(archive, folder);
}
