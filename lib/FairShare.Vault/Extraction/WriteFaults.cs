using System.Runtime.ExceptionServices;
using FairShare.Vault.Archive;

namespace FairShare.Vault.Extraction;

/// <summary>What the system says when it does not write, as a fault of extraction.</summary>
internal static class WriteFaults
{
    // ENOSPC and EDQUOT; ERROR_DISK_FULL and ERROR_HANDLE_DISK_FULL.
    private static readonly int[] NoSpace = [28, 122, unchecked((int)0x80070070), unchecked((int)0x80070027)];

    /// <summary>Runs a whole extraction: what its source threw is thrown as it was.</summary>
    public static void NameAll(string folder, Action extract)
    {
        try
        {
            Name(folder, extract);
        }
        catch (ReadFaultException read)
        {
            ExceptionDispatchInfo.Throw(read.Fault);
        }
    }

    /// <summary>Runs what writes an entry.</summary>
    /// <remarks>What the source of the entry throws, as <see cref="ReadFaultException"/>, passes.</remarks>
    /// <exception cref="ArchiveException"><see cref="ArchiveFault.NoSpace"/>, <see cref="ArchiveFault.Target"/>.</exception>
    public static void Name(string entryPath, Action write)
    {
        try
        {
            write();
        }
        catch (IOException fault) when (Array.IndexOf(NoSpace, fault.HResult) >= 0)
        {
            throw ArchiveException.Of(ArchiveFault.NoSpace, "The disk is full; nothing of what was extracted is kept.", entryPath);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw ArchiveException.Of(ArchiveFault.Target, "The system does not let an entry be written under its name.", entryPath);
        }
    }
}
