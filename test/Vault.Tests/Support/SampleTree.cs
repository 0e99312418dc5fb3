using System.Text;
using FairShare.Vault.Archive;
using FairShare.Vault.Extraction;
using FairShare.Vault.Packing;

namespace FairShare.Vault.Tests.Support;

/// <summary>A folder with everything that an archive keeps, and what is to be compared of one.</summary>
internal static class SampleTree
{
    private const UnixFileMode Private = UnixFileMode.UserRead;
    private const UnixFileMode Sticky =
        UnixFileMode.StickyBit | UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.OtherExecute;

    /// <summary>Makes the folder.</summary>
    public static void Make(string root)
    {
        var time = new DateTime(2019, 9, 27, 16, 36, 12, DateTimeKind.Utc).AddTicks(1234567);
        Directory.CreateDirectory(Path.Combine(root, "empty folder"));
        Directory.CreateDirectory(Path.Combine(root, "deep", "er"));
        File.WriteAllText(Path.Combine(root, "a.txt"), "content of a");
        File.WriteAllText(Path.Combine(root, "deep", "er", "\u00e4\u4e2d\U0001F511.txt"), "a name that is not ASCII");
        File.WriteAllText(Path.Combine(root, "cafe\u0301"), "a name that is not in form C");
        File.WriteAllText(Path.Combine(root, "deep", new string('n', 250)), "a long name");
        var far = Directory.CreateDirectory(Path.Combine([root, .. Enumerable.Repeat("folder of a long path", 15)])).FullName;
        File.WriteAllText(Path.Combine(far, "file"), "a long path");
        File.WriteAllBytes(Path.Combine(root, "empty"), []);
        File.WriteAllBytes(Path.Combine(root, "large"), new CountedRandomness(1).Bytes(3_000_000));
        var broken = Path.Combine(root, $"line\nbreak \\ \u001b[31m {new string('n', 150)}");
        File.WriteAllText(broken, "a name that a terminal would act on");
        File.SetLastWriteTimeUtc(broken, new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        File.CreateSymbolicLink(Path.Combine(root, "deep", "link"), "../a.txt");
        File.CreateSymbolicLink(Path.Combine(root, "to folder"), "deep/er");
        File.CreateSymbolicLink(Path.Combine(root, "dangling"), "nowhere/to be found");
        File.CreateSymbolicLink(Path.Combine(root, "deep", "long link"), new string('t', 300));
        NativeLinks.CreateHardLink(Path.Combine(root, "a.txt"), Path.Combine(root, "deep", "hard"));
        File.SetUnixFileMode(Path.Combine(root, "large"), Private);
        File.SetUnixFileMode(Path.Combine(root, "empty folder"), Sticky);
        File.SetLastWriteTimeUtc(Path.Combine(root, "deep", "link"), time.AddDays(3));
        File.SetLastWriteTimeUtc(Path.Combine(root, "a.txt"), time);
        File.SetLastWriteTimeUtc(Path.Combine(root, "empty"), new DateTime(1965, 1, 2, 3, 4, 5, DateTimeKind.Utc).AddTicks(7));
        File.SetUnixFileMode(Path.Combine(root, "deep", "er"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        Directory.SetLastWriteTimeUtc(Path.Combine(root, "deep", "er"), time.AddYears(3));
        Directory.SetLastWriteTimeUtc(root, time.AddHours(1));
    }

    /// <summary>One line for each node: path, type, mode, time, links, content.</summary>
    public static string[] Describe(string root) =>
        [
            .. Directory
                .EnumerateFileSystemEntries(root, "*", SearchOption.AllDirectories)
                .Append(root)
                .Order(StringComparer.Ordinal)
                .Select(path => Describe(root, path)),
        ];

    private static string Describe(string root, string path)
    {
        var status = LinuxFileStatus.Read(path)!;
        var line = new StringBuilder(
            $"{Path.GetRelativePath(root, path)} {status.Type:x} {status.Mode & ArchiveLimits.Modes} {status.Modified:O}"
        );
        if (new FileInfo(path).LinkTarget is { } target)
        {
            return line.Append($" -> {target}").ToString();
        }

        return status.Type == LinuxFileStatus.TypeFile
            ? line.Append($" {status.LinkCount} {TestKitCase.HashOf(File.ReadAllBytes(path))}").ToString()
            : line.ToString();
    }
}
