using System.Buffers;
using FairShare.Core.Errors;
using FairShare.Vault.Archive;
using FairShare.Vault.Streams;

namespace FairShare.Vault.Extraction;

/// <summary>
/// An archive while it is read. Names and attributes of an entry are read within a budget: the framework's reader would take whatever
/// length their header states. A source that fails does so with a <see cref="ReadFaultException"/>, so that it is told from a disk that
/// fails.
/// </summary>
internal sealed class BudgetedStream(Stream source, CancellationToken cancellationToken) : ReadOnlyStream
{
    private readonly ArrayBufferWriter<byte> metadata = new();
    private readonly TarHeaders headers = new();
    private long budget = long.MaxValue;

    /// <summary>The header and the attributes that were read last, with the padding before them.</summary>
    public ReadOnlySpan<byte> Metadata => metadata.WrittenSpan;

    /// <summary>Reads an entry's header and attributes.</summary>
    public T WithinBudget<T>(Func<T> read)
    {
        budget = ArchiveLimits.MetadataLength;
        metadata.ResetWrittenCount();
        headers.Begin();
        try
        {
            return read();
        }
        finally
        {
            budget = long.MaxValue;
        }
    }

    public override int Read(Span<byte> buffer)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (budget == 0)
        {
            throw TooLong();
        }

        var length = ReadSource(buffer[..(int)Math.Min(buffer.Length, budget)]);
        var isOfHeaders = budget <= ArchiveLimits.MetadataLength;
        headers.Take(buffer[..length], isOfHeaders);
        if (headers.Stated > ArchiveLimits.MetadataLength)
        {
            throw TooLong();
        }

        if (isOfHeaders)
        {
            metadata.Write(buffer[..length]);
        }

        budget -= length;
        return length;
    }

    private static ArchiveException TooLong() =>
        new(ArchiveFault.Malformed, $"The names and attributes of an entry take more than {ArchiveLimits.MetadataLength} bytes.");

    private int ReadSource(Span<byte> buffer)
    {
        try
        {
            return source.Read(buffer);
        }
        // The network's faults too, of which the framework's reader would make one of the archive.
        catch (Exception fault) when (fault is not (ProtocolException or OperationCanceledException))
        {
            throw new ReadFaultException(fault);
        }
    }
}
