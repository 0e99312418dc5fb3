using System.Runtime.InteropServices;

namespace FairShare.Vault.Extraction;

/// <summary>Makes hard links, for which the framework has no call.</summary>
internal static partial class NativeLinks
{
    /// <summary>Gives a file a second name; both must be on one file system.</summary>
    /// <exception cref="IOException">The system refuses.</exception>
    public static void CreateHardLink(string existing, string path)
    {
        var made = OperatingSystem.IsWindows() ? CreateHardLinkOnWindows(path, existing, 0) : Link(existing, path) == 0;
        if (!made)
        {
            throw new IOException(Marshal.GetLastPInvokeErrorMessage(), Marshal.GetLastPInvokeError());
        }
    }

    [LibraryImport("libc", EntryPoint = "link", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Link(string existing, string path);

    [LibraryImport("kernel32", EntryPoint = "CreateHardLinkW", StringMarshalling = StringMarshalling.Utf16, SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool CreateHardLinkOnWindows(string path, string existing, nint security);
}
