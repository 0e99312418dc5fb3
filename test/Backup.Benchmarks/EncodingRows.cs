using System.Diagnostics;
using System.Globalization;
using System.Runtime.Intrinsics;
using FairShare.Backup.Erasure;

namespace FairShare.Backup.Benchmarks;

/// <summary>How fast stripes are encoded, by turns, the best of each; everything is computed twice and compared.</summary>
internal static class EncodingRows
{
    private const int Rounds = 15;
    private const int DataSize = 8 << 20;

    public static void Run()
    {
        var isal = IsaL.TryLoad();
        Console.WriteLine(isal is null ? "ISA-L: not installed (libisal.so.2)" : $"ISA-L {IsaL.Version}; GFNI came with 2.31");
        Console.WriteLine($"{"GB/s of data encoded, one thread, best of " + Rounds, -44} {"4 KiB", 8} {"64 KiB", 8}");
        foreach (var (required, total) in new[] { (3, 5), (10, 14) })
        {
            Dictionary<string, double> small = Measure(isal, required, total, 4 << 10),
                large = Measure(isal, required, total, 64 << 10);
            foreach (var (name, speed) in small)
            {
                Console.WriteLine(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{$"{required} of {total}: {name}", -44} {speed, 8:F2} {large[name], 8:F2}"
                    )
                );
            }
        }
    }

    private static Dictionary<string, double> Measure(IsaL? isal, int required, int total, int blockSize)
    {
        var data = new byte[DataSize / (required * blockSize) * required * blockSize];
        new Random(1).NextBytes(data);
        var (stripes, parity) = (data.Length / (required * blockSize), total - required);
        var rows = RowsOf(required, total);
        var ways = new List<(string Name, Action<byte[]> Encode)>();
        foreach (var kernel in BlockKernel.Supported)
        {
            var plan = new ErasureCode(required, total, kernel).Encoding;
            ways.Add((NameOf(kernel), output => Encode(plan, data, output, required, parity, blockSize)));
        }

        foreach (var (name, function) in isal?.Encoders() ?? [])
        {
            ways.Add(($"ISA-L {name}", output => isal!.Encode(function, rows, required, data, output, blockSize)));
        }

        var expected = new byte[stripes * parity * blockSize];
        ways[^1].Encode(expected);
        var best = new Dictionary<string, double>();
        var output = new byte[expected.Length];
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var (name, encode) in ways)
            {
                Array.Clear(output);
                var began = Stopwatch.GetTimestamp();
                encode(output);
                var speed = data.Length / Stopwatch.GetElapsedTime(began).TotalSeconds / 1e9;
                best[name] = Math.Max(best.GetValueOrDefault(name), speed);
                if (!output.AsSpan().SequenceEqual(expected))
                {
                    throw new InvalidOperationException($"{name} computes something else.");
                }
            }
        }

        return best;
    }

    private static void Encode(BlockPlan plan, byte[] data, byte[] output, int required, int parity, int blockSize)
    {
        for (var stripe = 0; stripe < data.Length / (required * blockSize); stripe++)
        {
            plan.Compute(
                data.AsSpan(stripe * required * blockSize, required * blockSize),
                output.AsSpan(stripe * parity * blockSize, parity * blockSize),
                blockSize
            );
        }
    }

    private static byte[] RowsOf(int required, int total)
    {
        var matrix = DispersalMatrix.Create(required, total);
        return
        [
            .. Enumerable
                .Range(required, total - required)
                .SelectMany(row => Enumerable.Range(0, required).Select(column => matrix[row, column])),
        ];
    }

    private static string NameOf(BlockKernel kernel) =>
        kernel switch
        {
            VectorKernel<AffineVector512, Vector512<byte>, ulong> => "ours, GFNI and AVX-512",
            VectorKernel<AffineVector256, Vector256<byte>, ulong> => "ours, GFNI and AVX2",
            VectorKernel<ShuffleVector256, OctetHalves, HalfProducts> => "ours, AVX2",
            _ => "ours, tables",
        };
}
