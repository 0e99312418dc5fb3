namespace TemplateHost.Storage;

/// <summary>How much room the disk of a folder has.</summary>
internal static class DiskRoom
{
    // Four times what the write-ahead log grows to.
    private const long Ample = 16 << 20;

    /// <summary>Whether the host has to be sparing with it.</summary>
    /// <returns>False also where the disk does not tell.</returns>
    public static bool IsShort(string folder)
    {
        try
        {
            return new DriveInfo(folder).AvailableFreeSpace < Ample;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return false;
        }
    }
}
