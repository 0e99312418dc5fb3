using FairShare.Backup.Erasure;
using FairShare.Backup.Fec;
using FairShare.Backup.Records;

namespace FairShare.Backup.Bodies;

/// <summary>
/// How a backup's file and its n bodies hang together. Under <c>ida</c> a body is a <c>.fec</c> file, and any m of them give the others
/// octet by octet; under <c>sss</c> each body is the file.
/// </summary>
public sealed class BodyLayout
{
    private readonly ErasureCode? code;

    /// <param name="scheme">The scheme.</param>
    /// <param name="threshold">m.</param>
    /// <param name="total">n.</param>
    public BodyLayout(BackupScheme scheme, int threshold, int total)
    {
        code = scheme == BackupScheme.Ida ? new ErasureCode(threshold, total) : null;
        (Required, HeaderSize) = code is null ? (1, 0) : (threshold, Header(1).Size);
    }

    /// <summary>How many bodies give the file.</summary>
    public int Required { get; }

    /// <summary>The octets before a body's blocks.</summary>
    public int HeaderSize { get; }

    /// <summary>What the file's octets must be a multiple of.</summary>
    public int Multiple => Required;

    /// <summary>The code; null where every body is the file.</summary>
    public ErasureCode? Code => code;

    /// <summary>The octets of each body of a file.</summary>
    public long BodySizeOf(long fileSize) => HeaderSize + (fileSize / Required);

    /// <summary>Computes a range of one body from the same range of others.</summary>
    /// <param name="lost">The index of the wanted body, 1 to n.</param>
    /// <param name="offset">Where the range begins.</param>
    /// <param name="others">The ranges of <see cref="Required"/> bodies by index, all equally long.</param>
    public byte[] Rebuild(int lost, long offset, IReadOnlyList<(int Index, byte[] Octets)> others)
    {
        if (code is null)
        {
            return others[0].Octets;
        }

        var length = others[0].Octets.Length;
        var rebuilt = new byte[length];
        code.Plan([.. others.Select(other => other.Index - 1)], [lost - 1])
            .Compute([.. others.SelectMany(other => other.Octets)], rebuilt, length);
        var header = Header(lost).ToBytes();
        for (var place = offset; place < Math.Min(HeaderSize, offset + length); place++)
        {
            rebuilt[place - offset] = header[place];
        }

        return rebuilt;
    }

    private FecHeader Header(int index) => new(code!.Required, code.Total, 0, index - 1);
}
