using FairShare.Backup.Erasure;
using FairShare.Backup.Fec;

namespace FairShare.Backup.Tests.Fec;

/// <summary>Splits and joins in memory.</summary>
internal static class FecFiles
{
    public static byte[] Content(int length)
    {
        var content = new byte[length];
        new Random(length).NextBytes(content);
        return content;
    }

    public static async Task<byte[][]> SplitAsync(int required, int total, byte[] file)
    {
        var streams = Enumerable.Range(0, total).Select(_ => new MemoryStream()).ToList();
        var splitter = await FecSplitter.StartAsync(new ErasureCode(required, total), streams, file.Length);
        for (var place = 0; place < file.Length; place += 5000)
        {
            await splitter.WriteAsync(file.AsMemory(place, Math.Min(5000, file.Length - place)));
        }

        await splitter.CompleteAsync();
        return [.. streams.Select(stream => stream.ToArray())];
    }

    public static async Task<byte[]> JoinAsync(IEnumerable<byte[]> shares)
    {
        var file = new MemoryStream();
        await FecJoiner.JoinAsync([.. shares.Select(share => new MemoryStream(share))], file);
        return file.ToArray();
    }
}
