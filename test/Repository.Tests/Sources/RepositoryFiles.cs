using System.Diagnostics;

namespace FairShare.Repository.Tests.Sources;

/// <summary>The files of the repository, by paths from its root with forward slashes.</summary>
/// <remarks>
/// They are those that git tracks, and those that it would track once they are added. Without a checkout (an archive of the sources, say)
/// they are all files outside of the folders that builds make.
/// </remarks>
internal static class RepositoryFiles
{
    private static readonly string[] BuiltFolders =
    [
        ".git",
        "artifacts",
        "bin",
        "BenchmarkDotNet.Artifacts",
        "cdk.out",
        "node_modules",
        "obj",
        "TestResults",
    ];

    private static readonly string[] TextEndings =
    [
        ".cs",
        ".csproj",
        ".editorconfig",
        ".json",
        ".md",
        ".props",
        ".py",
        ".sh",
        ".targets",
        ".yml",
        "/run",
    ];

    /// <summary>The folder of the solution.</summary>
    public static string Root { get; } = FindRoot(AppContext.BaseDirectory);

    /// <summary>All files, in the order of their paths.</summary>
    public static IReadOnlyList<string> All { get; } = [.. (ListByGit() ?? ListByWalk(Root)).Where(IsThere).Order(StringComparer.Ordinal)];

    /// <summary>The files that a person writes and reads.</summary>
    public static IEnumerable<string> Texts => All.Where(path => Array.Exists(TextEndings, $"/{path}".EndsWith));

    /// <summary>The C# sources.</summary>
    public static IEnumerable<string> Sources => All.Where(path => path.EndsWith(".cs", StringComparison.Ordinal));

    /// <summary>The content of a file.</summary>
    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    /// <summary>The files that a walk from a folder finds, paths from there.</summary>
    public static IEnumerable<string> ListByWalk(string folder) =>
        Directory
            .EnumerateFiles(folder)
            // A file in a worktree of git, and no folder.
            .Where(file => Path.GetFileName(file) != ".git")
            .Concat(
                Directory
                    .EnumerateDirectories(folder)
                    .Where(child => !BuiltFolders.Contains(Path.GetFileName(child)))
                    .SelectMany(child => ListByWalk(child).Select(path => Path.Combine(child, path)))
            )
            .Select(path => Path.GetRelativePath(folder, path).Replace('\\', '/'));

    // A file that was deleted and not yet committed is still in git's index.
    private static bool IsThere(string path) => File.Exists(Path.Combine(Root, path));

    private static List<string>? ListByGit()
    {
        var start = new ProcessStartInfo("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        {
            WorkingDirectory = Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using var git = Process.Start(start)!;
            var paths = git.StandardOutput.ReadToEnd().Split('\0', StringSplitOptions.RemoveEmptyEntries);
            git.WaitForExit();
            return git.ExitCode == 0 && paths.Length > 0 ? [.. paths] : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            // There is no git on this machine.
            return null;
        }
    }

    private static string FindRoot(string folder) =>
        File.Exists(Path.Combine(folder, "FairShare.Serverless.sln"))
            ? folder
            : FindRoot(Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests run outside of the repository."));
}
