using FairShare.Backup.Erasure;

namespace FairShare.Backup.Tests.Erasure;

public class ErasureCodeTests
{
    [Fact]
    public void Plan_AnyBlocksOfAnyCodeUpToSix_GiveAllOthers()
    {
        for (var total = 1; total <= 6; total++)
        {
            for (var required = 1; required <= total; required++)
            {
                RestoreFromEverySubset(new ErasureCode(required, total));
            }
        }
    }

    [Fact]
    public void Plan_OfFortyShares_GivesTheStripeFromTheLast()
    {
        var code = new ErasureCode(17, 40);
        var blocks = Encode(code, 100);
        var (present, wanted) = (Enumerable.Range(23, 17).ToList(), Enumerable.Range(0, 17).ToList());
        Assert.Equal(Gather(blocks, wanted, 100), Compute(code, blocks, present, wanted, 100));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(3, 2)]
    [InlineData(1, 257)]
    public void Create_OtherNumbers_IsRefused(int required, int total) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new ErasureCode(required, total));

    [Theory]
    [InlineData(0)]
    [InlineData(0, 1, 2)]
    [InlineData(0, 0)]
    [InlineData(0, 5)]
    [InlineData(-1, 0)]
    public void Plan_OtherBlocks_IsRefused(params int[] present) =>
        Assert.Throws<ArgumentException>(() => new ErasureCode(2, 5).Plan(present, [3]));

    [Fact]
    public void Compute_OtherSizes_IsRefused() =>
        Assert.Throws<ArgumentException>(() => new ErasureCode(2, 3).Encoding.Compute(new byte[7], new byte[4], 4));

    [Theory]
    [InlineData(1431655766)]
    [InlineData(-2)]
    public void Compute_SizesWhoseProductIsRightInThirtyTwoBits_IsRefused(int blockSize) =>
        Assert.Throws<ArgumentException>(() => new ErasureCode(3, 6).Encoding.Compute(new byte[2], new byte[2], blockSize));

    private static void RestoreFromEverySubset(ErasureCode code)
    {
        const int Size = 70;
        var blocks = Encode(code, Size);
        var all = Enumerable.Range(0, code.Total).ToList();
        foreach (var present in Subsets(code.Total, code.Required))
        {
            Assert.Equal(Gather(blocks, all, Size), Compute(code, blocks, present, all, Size));
        }
    }

    private static byte[] Encode(ErasureCode code, int size)
    {
        var blocks = new byte[code.Total * size];
        new Random(code.Total).NextBytes(blocks.AsSpan(0, code.Required * size));
        code.Encoding.Compute(blocks.AsSpan(0, code.Required * size), blocks.AsSpan(code.Required * size), size);
        return blocks;
    }

    private static byte[] Compute(ErasureCode code, byte[] blocks, List<int> present, List<int> wanted, int size)
    {
        var computed = new byte[wanted.Count * size];
        code.Plan(present, wanted).Compute(Gather(blocks, present, size), computed, size);
        return computed;
    }

    private static byte[] Gather(byte[] blocks, List<int> numbers, int size) =>
        [.. numbers.SelectMany(number => blocks.AsSpan(number * size, size).ToArray())];

    private static IEnumerable<List<int>> Subsets(int total, int count) =>
        Enumerable
            .Range(0, 1 << total)
            .Where(bits => int.PopCount(bits) == count)
            .Select(bits => Enumerable.Range(0, total).Where(number => (bits >> number & 1) == 1).Reverse().ToList());
}
