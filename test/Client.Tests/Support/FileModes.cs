namespace FairShare.Client.Tests.Support;

/// <summary>Who may do what with a file or folder.</summary>
internal static class FileModes
{
    /// <summary>The mode as octal digits, for example <c>600</c>; empty where there are no modes.</summary>
    public static string Of(string path) => OperatingSystem.IsWindows() ? "" : Convert.ToString((int)File.GetUnixFileMode(path), 8);

    /// <summary>Gives it a mode, where there are modes.</summary>
    public static void Set(string path, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, mode);
        }
    }
}
