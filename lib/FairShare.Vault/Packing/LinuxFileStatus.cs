using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace FairShare.Vault.Packing;

/// <summary>
/// What <c>statx(2)</c> says of a path, links not followed, or of an open file: its kind, and which hard links are one file.
/// </summary>
/// <param name="Type">The type bits of <c>st_mode</c>.</param>
/// <param name="Mode">The other bits.</param>
/// <param name="LinkCount">How many names the file has.</param>
/// <param name="Device">Number of the file system.</param>
/// <param name="Inode">Number of the file in it.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Modified">Time of the last change of its content, to 100 ns; programs can set it.</param>
/// <param name="Changed">Time of the last change of content or status, to 100 ns; the system alone sets it.</param>
/// <param name="Owner">The owner's number.</param>
[SupportedOSPlatform("linux")]
public sealed partial record LinuxFileStatus(
    int Type,
    UnixFileMode Mode,
    uint LinkCount,
    ulong Device,
    ulong Inode,
    long Size,
    DateTimeOffset Modified,
    DateTimeOffset Changed,
    uint Owner
)
{
    /// <summary><see cref="Type"/> of a folder.</summary>
    public const int TypeFolder = 0x4000;

    /// <summary><see cref="Type"/> of a pipe.</summary>
    public const int TypePipe = 0x1000;

    /// <summary><see cref="Type"/> of an ordinary file.</summary>
    public const int TypeFile = 0x8000;

    /// <summary><see cref="Type"/> of a symbolic link.</summary>
    public const int TypeLink = 0xA000;

    private const int TypeMask = 0xF000;
    private const int CurrentFolder = -100;
    private const int NoFollow = 0x100;
    private const int EmptyPath = 0x1000;
    private const uint BasicFields = 0x7FF;
    private const int Length = 256;
    private const int NanosecondsPerTick = 100;

    /// <summary>Reads the status; null where the path does not exist or may not be read.</summary>
    public static LinuxFileStatus? Read(string path) => Read(CurrentFolder, path, NoFollow);

    /// <summary>Reads the status of an open file.</summary>
    /// <exception cref="IOException">It has none.</exception>
    public static LinuxFileStatus Read(SafeFileHandle file)
    {
        ArgumentNullException.ThrowIfNull(file);
        var isHeld = false;
        try
        {
            file.DangerousAddRef(ref isHeld);
            return Read((int)file.DangerousGetHandle(), "", EmptyPath)
                ?? throw new IOException("The status of an open file cannot be read.");
        }
        finally
        {
            if (isHeld)
            {
                file.DangerousRelease();
            }
        }
    }

    /// <summary>The number of the user whom this process acts as.</summary>
    public static uint CurrentUser => EffectiveUser();

    private static LinuxFileStatus? Read(int folder, string path, int flags)
    {
        Span<byte> status = stackalloc byte[Length];
        if (StatX(folder, path, flags, BasicFields, ref MemoryMarshal.GetReference(status)) != 0)
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
            Time(MemoryMarshal.Read<long>(status[112..]), MemoryMarshal.Read<uint>(status[120..])),
            Time(MemoryMarshal.Read<long>(status[96..]), MemoryMarshal.Read<uint>(status[104..])),
            MemoryMarshal.Read<uint>(status[20..])
        );
    }

    private static DateTimeOffset Time(long seconds, uint nanoseconds) =>
        DateTimeOffset.FromUnixTimeSeconds(seconds).AddTicks(nanoseconds / NanosecondsPerTick);

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int StatX(int folder, string path, int flags, uint mask, ref byte status);

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint EffectiveUser();
}
