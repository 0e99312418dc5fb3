using FairShare.Backup.Erasure;

namespace FairShare.Backup.Fec;

/// <summary>
/// Gives a file back from any m of its <c>.fec</c> files. Whether a share says the truth is not seen here: a changed block changes the
/// file.
/// </summary>
public sealed class FecJoiner
{
    private readonly IReadOnlyList<Stream> shares;
    private readonly List<int> numbers;
    private readonly List<int> missing;
    private readonly BlockPlan plan;
    private readonly byte[] present;
    private readonly byte[] computed;
    private readonly int padding;

    private FecJoiner(IReadOnlyList<Stream> shares, IReadOnlyList<FecHeader> headers)
    {
        var first = headers[0];
        this.shares = shares;
        padding = first.Padding;
        numbers = [.. headers.Select(header => header.Number)];
        missing = [.. Enumerable.Range(0, first.Required).Except(numbers)];
        plan = new ErasureCode(first.Required, first.Total).Plan(numbers, missing);
        present = new byte[first.Required * FecSplitter.BlockSize];
        computed = new byte[missing.Count * FecSplitter.BlockSize];
    }

    /// <summary>Joins the shares.</summary>
    /// <param name="shares">Just m different shares of one file, in any order, at their beginning.</param>
    /// <param name="file">Where the file goes.</param>
    /// <param name="cancellationToken">Stops it; the file is then incomplete.</param>
    /// <exception cref="FecException">A share has no header, belongs to another file, is there twice, or is cut.</exception>
    public static async Task JoinAsync(IReadOnlyList<Stream> shares, Stream file, CancellationToken cancellationToken = default)
    {
        var headers = new List<FecHeader>();
        for (var position = 0; position < shares.Count; position++)
        {
            var header = await ReadHeaderAsync(shares[position], position, cancellationToken).ConfigureAwait(false);
            RequireFits(headers, header, position);
            headers.Add(header);
        }

        if (headers.Count == 0 || headers.Count != headers[0].Required)
        {
            throw new FecException(0, $"{headers.Count} shares were given, and not as many as their file needs.");
        }

        await new FecJoiner(shares, headers).JoinAsync(file, cancellationToken).ConfigureAwait(false);
    }

    private static void RequireFits(List<FecHeader> headers, FecHeader header, int position)
    {
        if (headers.Count > 0 && header with { Number = headers[0].Number } != headers[0])
        {
            throw new FecException(position, "The share belongs to a file with other numbers of shares, or of another length.");
        }

        if (headers.Exists(other => other.Number == header.Number))
        {
            throw new FecException(position, $"Share {header.Number} is given twice.");
        }
    }

    // The header's size is known when its first octets are: they are read one by one, and nothing behind them.
    private static async Task<FecHeader> ReadHeaderAsync(Stream share, int position, CancellationToken cancellationToken)
    {
        var octets = new byte[4];
        for (var read = 0; read < octets.Length; read++)
        {
            if (await share.ReadAsync(octets.AsMemory(read, 1), cancellationToken).ConfigureAwait(false) == 0)
            {
                break;
            }

            if (FecHeader.TryRead(octets.AsSpan(0, read + 1)) is { } header && header.Size == read + 1)
            {
                return header;
            }
        }

        throw new FecException(position, "The share has no header of zfec's.");
    }

    private async Task JoinAsync(Stream file, CancellationToken cancellationToken)
    {
        var blockSize = await ReadStripeAsync(cancellationToken).ConfigureAwait(false);
        while (blockSize > 0)
        {
            var stripe = Restore(blockSize);
            blockSize = await ReadStripeAsync(cancellationToken).ConfigureAwait(false);
            var end = blockSize == 0 ? stripe.Length - padding : stripe.Length;
            await file.WriteAsync(stripe.AsMemory(0, end), cancellationToken).ConfigureAwait(false);
        }
    }

    private byte[] Restore(int blockSize)
    {
        plan.Compute(present.AsSpan(0, blockSize * numbers.Count), computed.AsSpan(0, blockSize * missing.Count), blockSize);
        var stripe = new byte[blockSize * numbers.Count];
        for (var number = 0; number < numbers.Count; number++)
        {
            var position = numbers.IndexOf(number);
            var block = position >= 0 ? present.AsSpan(position * blockSize) : computed.AsSpan(missing.IndexOf(number) * blockSize);
            block[..blockSize].CopyTo(stripe.AsSpan(number * blockSize));
        }

        return stripe;
    }

    /// <returns>The octets of each block; 0 at the end.</returns>
    private async Task<int> ReadStripeAsync(CancellationToken cancellationToken)
    {
        var sizes = new int[shares.Count];
        for (var position = 0; position < shares.Count; position++)
        {
            sizes[position] = await shares[position]
                .ReadAtLeastAsync(
                    present.AsMemory(position * FecSplitter.BlockSize, FecSplitter.BlockSize),
                    FecSplitter.BlockSize,
                    throwOnEndOfStream: false,
                    cancellationToken
                )
                .ConfigureAwait(false);
        }

        var blockSize = sizes.Max();
        if (Array.FindIndex(sizes, size => size < blockSize) is >= 0 and var cut)
        {
            throw new FecException(cut, $"Share {numbers[cut]} is shorter than another share of its file.");
        }

        Compact(blockSize);
        return blockSize;
    }

    // The last stripe's blocks are short; what computes them wants them one behind the other.
    private void Compact(int blockSize)
    {
        for (var position = 1; blockSize < FecSplitter.BlockSize && position < shares.Count; position++)
        {
            present.AsSpan(position * FecSplitter.BlockSize, blockSize).CopyTo(present.AsSpan(position * blockSize));
        }
    }
}
