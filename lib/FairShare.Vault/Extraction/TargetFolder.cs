using FairShare.Core.Identifiers;

namespace FairShare.Vault.Extraction;

/// <summary>The folder that something will be extracted to.</summary>
public static class TargetFolder
{
    // EROFS; ERROR_WRITE_PROTECT.
    private static readonly int[] ReadOnly = [30, unchecked((int)0x80070013)];

    /// <summary>Tries whether anything can be written there, by what an extraction begins with; nothing stays of it.</summary>
    /// <param name="folder">The folder; it need not be there.</param>
    /// <param name="randomness">Names what is tried.</param>
    /// <returns>Null where it can; else why not, as the end of a sentence: <c>is on a read-only file system</c>.</returns>
    public static string? WhyNotWritable(string folder, IRandomness randomness)
    {
        try
        {
            using var fresh = new FreshFolder(folder, randomness);
            return null;
        }
        catch (IOException fault) when (Array.IndexOf(ReadOnly, fault.HResult) >= 0)
        {
            return "is on a read-only file system";
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return "cannot be written to";
        }
    }
}
