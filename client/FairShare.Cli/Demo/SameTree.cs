using System.Globalization;

namespace FairShare.Cli.Demo;

/// <summary>Compares files or folders: names, modes, times, links, and every octet.</summary>
internal static class SameTree
{
    // What an archive keeps of a time: 100 ns. A link's own time cannot be told by the framework.
    public static async Task<bool> CompareAsync(string left, string right, CancellationToken cancellationToken)
    {
        var (first, second) = (List(left), List(right));
        if (!first.Select(node => Describe(left, node)).SequenceEqual(second.Select(node => Describe(right, node)), StringComparer.Ordinal))
        {
            return false;
        }

        foreach (var (one, other) in first.Zip(second))
        {
            if (one is FileInfo { LinkTarget: null } && !await SameBytes.CompareAsync(one.FullName, other.FullName, cancellationToken))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>How many files a tree has.</summary>
    public static int Files(string root) => List(root).Count(node => node is FileInfo);

    private static List<FileSystemInfo> List(string root)
    {
        if (!Directory.Exists(root))
        {
            return [new FileInfo(root)];
        }

        var folder = new DirectoryInfo(root);
        var inside = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 };
        return [folder, .. folder.EnumerateFileSystemInfos("*", inside).OrderBy(node => node.FullName, StringComparer.Ordinal)];
    }

    private static string Describe(string root, FileSystemInfo node)
    {
        var path = Path.GetRelativePath(root, node.FullName);
        return node.LinkTarget is { } target
            ? $"{path} -> {target}"
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{path} {node.GetType().Name} {(OperatingSystem.IsWindows() ? 0 : (int)node.UnixFileMode)} {node.LastWriteTimeUtc:O}"
            );
    }
}
