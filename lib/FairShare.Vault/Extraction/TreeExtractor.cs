using System.Formats.Tar;
using FairShare.Core.Errors;
using FairShare.Core.Identifiers;
using FairShare.Vault.Archive;

namespace FairShare.Vault.Extraction;

/// <summary>
/// Extracts an archive that a stranger may have made. Everything is written to a fresh folder and named at the end: when the archive was
/// read to its end, which is when its last octet was found genuine.
/// </summary>
/// <param name="randomness">Names the fresh folder.</param>
/// <param name="maxEntries">The most files, folders and links.</param>
public sealed class TreeExtractor(IRandomness randomness, int maxEntries = ArchiveLimits.MaxEntries)
{
    private const int BufferLength = 128 << 10;

    /// <summary>Extracts a tar archive of any format.</summary>
    /// <param name="archive">The archive; it is read to its end.</param>
    /// <param name="folder">Where what stands at its root is put; made where there is none.</param>
    /// <param name="cancellationToken">Ends the extraction with an exception, as any fault does: nothing stays.</param>
    /// <exception cref="ArchiveException">
    /// Every fault but <see cref="ArchiveFault.Source"/>. What the archive's stream throws is passed on.
    /// </exception>
    public ExtractedTree Extract(Stream archive, string folder, CancellationToken cancellationToken = default)
    {
        using var source = new BudgetedStream(archive, cancellationToken);
        using var reader = new TarReader(source, leaveOpen: true);
        ExtractedTree? extracted = null;
        WriteFaults.NameAll(
            folder,
            () =>
            {
                using var fresh = new FreshFolder(folder, randomness);
                using var writer = new EntryWriter(fresh, maxEntries);
                while (Next(source, reader) is { } entry)
                {
                    writer.Write(entry);
                }

                RequireNothingMore(source);
                extracted = writer.Finish();
            }
        );
        return extracted!;
    }

    // Whatever the reader makes of a malformed archive: it promises no exception of its own for most of it.
    private static TarEntry? Next(BudgetedStream source, TarReader reader)
    {
        try
        {
            var entry = source.WithinBudget(() => reader.GetNextEntry(copyData: false));
            if (entry is not null)
            {
                SparseFiles.Refuse(entry);
            }

            return entry;
        }
        catch (Exception fault) when (fault is not (ProtocolException or ReadFaultException or OperationCanceledException))
        {
            throw SparseFiles.Name(fault, source.Metadata);
        }
    }

    // Writers of tar fill their last record with zeros; anything else would be content that nobody sees.
    private static void RequireNothingMore(Stream source)
    {
        var buffer = new byte[BufferLength];
        while (source.Read(buffer) is > 0 and var length)
        {
            if (buffer.AsSpan(0, length).ContainsAnyExcept((byte)0))
            {
                throw new ArchiveException(ArchiveFault.Malformed, "Something follows the end of the archive.");
            }
        }
    }
}
