using System.Formats.Tar;
using FairShare.Vault.Archive;

namespace FairShare.Vault.Extraction;

/// <summary>
/// Files with holes: their content in the archive is a map and what lies between the holes, which written as it is would be another file.
/// </summary>
internal static class SparseFiles
{
    // GNU tar 1.14 and later and libarchive; star; Solaris.
    private static readonly string[] Attributes = ["GNU.sparse.", "SCHILY.realsize", "SUN.holesdata"];

    /// <summary>Refuses an entry whose attributes say that it is one.</summary>
    /// <exception cref="ArchiveException"><see cref="ArchiveFault.Unsafe"/>.</exception>
    public static void Refuse(TarEntry entry)
    {
        var attributes = entry switch
        {
            PaxTarEntry file => file.ExtendedAttributes,
            PaxGlobalExtendedAttributesTarEntry global => global.GlobalExtendedAttributes,
            _ => null,
        };
        if (attributes?.Keys.Any(key => Attributes.Any(name => key.StartsWith(name, StringComparison.Ordinal))) == true)
        {
            throw ArchiveException.Of(ArchiveFault.Unsafe, "The archive has a sparse file.", entry.Name);
        }
    }

    /// <summary>What a fault of the framework's reader says of the archive.</summary>
    /// <param name="fault">The fault.</param>
    /// <param name="metadata">The header and the attributes that it read last.</param>
    public static ArchiveException Name(Exception fault, ReadOnlySpan<byte> metadata) =>
        fault switch
        {
            // Version 0.0 of GNU's sparse files has one attribute several times.
            InvalidDataException when metadata.IndexOf("GNU.sparse."u8) >= 0 => new(ArchiveFault.Unsafe, "The archive has a sparse file."),
            NotSupportedException => new(
                ArchiveFault.Unsafe,
                "The archive has an entry of a type that is not extracted, such as a sparse file; files, folders and links are."
            ),
            _ => new(ArchiveFault.Malformed, "The content is no tar archive, or is damaged."),
        };
}
