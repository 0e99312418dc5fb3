using System.Buffers;

namespace FairShare.Vault.Archive;

/// <summary>The path of an entry below the archive's root, in one form: components between single slashes.</summary>
internal static class EntryPath
{
    /// <summary>The longest path, and the longest text of a link, in characters; no system takes longer ones.</summary>
    public const int LengthLimit = 4096;

    private static readonly SearchValues<char> NotOnWindows = SearchValues.Create("\\:*?\"<>|");

    private static readonly string[] WindowsDevices = ["CON", "PRN", "AUX", "NUL", .. Numbered("COM"), .. Numbered("LPT")];

    /// <summary>Reads the name of an entry; the empty text is the root itself.</summary>
    /// <exception cref="ArchiveException"><see cref="ArchiveFault.Unsafe"/>.</exception>
    public static string Parse(string name)
    {
        if (name.StartsWith('/'))
        {
            throw Refuse("The archive has an absolute path.", name);
        }

        if (name.Length > LengthLimit)
        {
            throw Refuse("The archive has a path that is longer than any system takes.", name);
        }

        var components = name.Split('/').Where(component => component is not ("" or ".")).ToList();
        foreach (var component in components)
        {
            if (component == "..")
            {
                throw Refuse("The archive has a path with .. in it.", name);
            }

            if (component.Contains('\0') || (OperatingSystem.IsWindows() && IsUnsafeOnWindows(component)))
            {
                throw Refuse("The archive has a name that this system cannot have.", name);
            }
        }

        return string.Join('/', components);
    }

    /// <summary>The path of the folder around it; empty for what stands at the root.</summary>
    public static string Parent(string path) => path.LastIndexOf('/') is >= 0 and var slash ? path[..slash] : "";

    /// <summary>Names that reach another file than they say: with drives, streams, devices, and endings that Windows drops.</summary>
    internal static bool IsUnsafeOnWindows(string component) =>
        component.AsSpan().ContainsAny(NotOnWindows)
        || component.Any(char.IsControl)
        || component[^1] is '.' or ' '
        || WindowsDevices.Contains(component.Split('.')[0].TrimEnd(), StringComparer.OrdinalIgnoreCase);

    private static IEnumerable<string> Numbered(string device) => Enumerable.Range(0, 10).Select(number => $"{device}{number}");

    private static ArchiveException Refuse(string message, string name) => ArchiveException.Of(ArchiveFault.Unsafe, message, name);
}
