using System.Runtime.InteropServices;

namespace FairShare.Backup.Benchmarks;

/// <summary>Intel's library for erasure codes, where it is installed.</summary>
internal sealed unsafe class IsaL
{
    private const int TableSize = 32;

    private readonly nint library;

    private IsaL(nint library) => this.library = library;

    /// <summary>The library's version, from its file's name.</summary>
    public static string Version =>
        Directory
            .EnumerateFiles(
                "/usr/lib",
                "libisal.so.2.*",
                new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true }
            )
            .Select(path => "2." + Path.GetFileName(path)["libisal.so.2.0.".Length..])
            .FirstOrDefault("of unknown version");

    /// <summary>Loads it; null where it is not installed.</summary>
    public static IsaL? TryLoad() => NativeLibrary.TryLoad("libisal.so.2", out var library) ? new IsaL(library) : null;

    /// <summary>The functions that encode: the one that the library chooses for the processor, and those for one instruction set.</summary>
    public IEnumerable<(string Name, nint Function)> Encoders() =>
        new[] { "ec_encode_data", "ec_encode_data_avx2", "ec_encode_data_avx512", "ec_encode_data_avx512_gfni" }
            .Select(name => (name, NativeLibrary.TryGetExport(library, name, out var function) ? function : 0))
            .Where(one => one.Item2 != 0);

    /// <summary>Encodes stripes of blocks that lie one behind the other.</summary>
    public void Encode(nint function, byte[] rows, int inputs, byte[] data, byte[] parity, int blockSize)
    {
        var outputs = rows.Length / inputs;
        var tables = new byte[TableSize * rows.Length];
        var prepare = (delegate* unmanaged<int, int, byte*, byte*, void>)NativeLibrary.GetExport(library, "ec_init_tables");
        var encode = (delegate* unmanaged<int, int, int, byte*, byte**, byte**, void>)function;
        var from = stackalloc byte*[inputs];
        var to = stackalloc byte*[outputs];
        fixed (
            byte* row = rows,
                table = tables,
                octets = data,
                computed = parity
        )
        {
            prepare(inputs, outputs, row, table);
            for (var stripe = 0; stripe < data.Length / (inputs * blockSize); stripe++)
            {
                for (var block = 0; block < inputs; block++)
                {
                    from[block] = octets + (((stripe * inputs) + block) * (long)blockSize);
                }

                for (var block = 0; block < outputs; block++)
                {
                    to[block] = computed + (((stripe * outputs) + block) * (long)blockSize);
                }

                encode(blockSize, inputs, outputs, table, from, to);
            }
        }
    }
}
