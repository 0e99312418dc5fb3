using System.Text;

namespace FairShare.Vault.Benchmarks;

/// <summary>A file as people have them: of every four blocks one cannot be compressed, and three are lines of a log.</summary>
internal static class SampleFile
{
    private const int BlockLength = 1 << 20;

    public static void Make(string path, int mebibytes)
    {
        var random = new Random(1);
        using var file = File.Create(path);
        for (var block = 0; block < mebibytes; block++)
        {
            file.Write(block % 4 == 0 ? Noise(random) : Lines(random));
        }
    }

    private static byte[] Noise(Random random)
    {
        var bytes = new byte[BlockLength];
        random.NextBytes(bytes);
        return bytes;
    }

    private static byte[] Lines(Random random)
    {
        string[] words = ["deposit", "receipt", "origin", "exchange", "release", "refused", "party", "store", "upload", "download"];
        var text = new StringBuilder(BlockLength + 100);
        while (text.Length < BlockLength)
        {
            text.Append(random.Next()).Append(' ').Append(words[random.Next(words.Length)]).Append(" of ");
            text.Append(words[random.Next(words.Length)]).Append(' ').Append(random.NextInt64()).Append('\n');
        }

        return Encoding.ASCII.GetBytes(text.ToString(0, BlockLength));
    }
}
