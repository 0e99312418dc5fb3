using System.Diagnostics;

namespace FairShare.Client.Tests.Support;

/// <summary>All of a folder that an archive keeps, as <c>find</c> and <c>sha256sum</c> list it.</summary>
internal static class FolderListing
{
    // Archives have times to 100 ns: the last two of find's digits, and its trailing zero, are left out.
    private const string Script = """
        cd "$0"
        find . -mindepth 1 -printf '%P|%y|%m|%T@|%l|%n\n' | sed -E 's/(\.[0-9]{7})[0-9]*\|/\1|/' | LC_ALL=C sort
        find . -type f -exec sha256sum {} + | LC_ALL=C sort
        """;

    /// <summary>The listing; skips the test where there is no GNU find.</summary>
    public static string Of(string folder)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "find -printf is GNU's.");
        var start = new ProcessStartInfo("bash", ["-euo", "pipefail", "-c", Script, folder]) { RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var listing = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        Assert.NotEmpty(listing);
        return listing;
    }
}
