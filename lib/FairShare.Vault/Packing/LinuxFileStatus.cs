using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace FairShare.Vault.Packing;

/// <summary>What <c>statx(2)</c> says of a path, links not followed: what kind it is, and which hard links are one file.</summary>
/// <param name="Type">The type bits of <c>st_mode</c>.</param>
/// <param name="Mode">The other bits.</param>
/// <param name="LinkCount">How many names the file has.</param>
/// <param name="Device">Number of the file system.</param>
/// <param name="Inode">Number of the file in it.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Modified">Time of the last change, to 100 ns.</param>
[SupportedOSPlatform("linux")]
internal sealed partial record LinuxFileStatus(
    int Type,
    UnixFileMode Mode,
    uint LinkCount,
    ulong Device,
    ulong Inode,
    long Size,
    DateTimeOffset Modified
)
{
    public const int TypeFolder = 0x4000;
    public const int TypeFile = 0x8000;
    public const int TypeLink = 0xA000;

    private const int TypeMask = 0xF000;
    private const int CurrentFolder = -100;
    private const int NoFollow = 0x100;
    private const uint BasicFields = 0x7FF;
    private const int Length = 256;
    private const int NanosecondsPerTick = 100;

    /// <summary>Reads the status; null where the path does not exist or may not be read.</summary>
    public static LinuxFileStatus? Read(string path)
    {
        Span<byte> status = stackalloc byte[Length];
        if (StatX(CurrentFolder, path, NoFollow, BasicFields, ref MemoryMarshal.GetReference(status)) != 0)
        {
            return null;
        }

        // Offsets of struct statx, which is the same on every architecture.
        var mode = MemoryMarshal.Read<ushort>(status[28..]);
        return new(
            mode & TypeMask,
            (UnixFileMode)(mode & ~TypeMask),
            MemoryMarshal.Read<uint>(status[16..]),
            ((ulong)MemoryMarshal.Read<uint>(status[136..]) << 32) | MemoryMarshal.Read<uint>(status[140..]),
            MemoryMarshal.Read<ulong>(status[32..]),
            MemoryMarshal.Read<long>(status[40..]),
            Time(MemoryMarshal.Read<long>(status[112..]), MemoryMarshal.Read<uint>(status[120..]))
        );
    }

    private static DateTimeOffset Time(long seconds, uint nanoseconds) =>
        DateTimeOffset.FromUnixTimeSeconds(seconds).AddTicks(nanoseconds / NanosecondsPerTick);

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int StatX(int folder, string path, int flags, uint mask, ref byte status);
}
