using FairShare.Backup.Erasure;

namespace FairShare.Backup.Fec;

/// <summary>
/// Splits a file into n <c>.fec</c> files as zfec does: stripes of m blocks of 4,096 octets, each share getting its block of every stripe;
/// the last stripe's blocks are as short as what is left, and padded with zeros.
/// </summary>
public sealed class FecSplitter
{
    /// <summary>The octets of a block of every stripe but the last.</summary>
    public const int BlockSize = 4096;

    private readonly IReadOnlyList<Stream> shares;
    private readonly BlockPlan plan;
    private readonly byte[] stripe;
    private readonly byte[] computed;
    private readonly int required;
    private int filled;
    private long? left;

    private FecSplitter(ErasureCode code, IReadOnlyList<Stream> shares, long length)
    {
        (this.shares, required, plan, left) = (shares, code.Required, code.Encoding, length);
        stripe = new byte[code.Required * BlockSize];
        computed = new byte[(code.Total - code.Required) * BlockSize];
    }

    /// <summary>Begins: writes the header of each share.</summary>
    /// <param name="code">How the blocks are computed.</param>
    /// <param name="shares">Where the n shares go, by number; not closed here.</param>
    /// <param name="length">The file's octets.</param>
    /// <param name="cancellationToken">Stops the writing.</param>
    /// <exception cref="ArgumentException">Not n streams.</exception>
    public static async Task<FecSplitter> StartAsync(
        ErasureCode code,
        IReadOnlyList<Stream> shares,
        long length,
        CancellationToken cancellationToken = default
    )
    {
        if (shares.Count != code.Total)
        {
            throw new ArgumentException($"{code.Total} shares need as many streams, not {shares.Count}.", nameof(shares));
        }

        for (var number = 0; number < shares.Count; number++)
        {
            var header = FecHeader.Of(code.Required, code.Total, number, length).ToBytes();
            await shares[number].WriteAsync(header, cancellationToken).ConfigureAwait(false);
        }

        return new FecSplitter(code, shares, length);
    }

    /// <summary>Begins a file whose length will turn out to be a multiple of m; anything else is refused at the end.</summary>
    /// <param name="code">How the blocks are computed.</param>
    /// <param name="shares">Where the n shares go, by number; not closed here.</param>
    /// <param name="cancellationToken">Stops the writing.</param>
    /// <exception cref="ArgumentException">Not n streams.</exception>
    public static async Task<FecSplitter> StartUnpaddedAsync(
        ErasureCode code,
        IReadOnlyList<Stream> shares,
        CancellationToken cancellationToken = default
    )
    {
        var splitter = await StartAsync(code, shares, 0, cancellationToken).ConfigureAwait(false);
        splitter.left = null;
        return splitter;
    }

    /// <summary>Splits the next octets of the file.</summary>
    /// <exception cref="InvalidOperationException">More octets than were announced.</exception>
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken = default)
    {
        if (data.Length > left)
        {
            throw new InvalidOperationException("The file is longer than was announced.");
        }

        left -= data.Length;
        while (!data.IsEmpty)
        {
            var taken = Math.Min(data.Length, stripe.Length - filled);
            data[..taken].CopyTo(stripe.AsMemory(filled));
            data = data[taken..];
            filled += taken;
            if (filled == stripe.Length)
            {
                await WriteStripeAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Ends: splits what is left. The streams are not flushed.</summary>
    /// <exception cref="InvalidOperationException">Fewer octets than were announced.</exception>
    public async ValueTask CompleteAsync(CancellationToken cancellationToken = default)
    {
        if (left > 0)
        {
            throw new InvalidOperationException($"The file is {left} octets shorter than was announced.");
        }

        if (left is null && filled % required != 0)
        {
            throw new InvalidOperationException($"The file is not a multiple of {required} octets long.");
        }

        if (filled > 0)
        {
            await WriteStripeAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task WriteStripeAsync(CancellationToken cancellationToken)
    {
        var blockSize = (filled + required - 1) / required;
        stripe.AsSpan(filled, (blockSize * required) - filled).Clear();
        plan.Compute(stripe.AsSpan(0, blockSize * required), computed.AsSpan(0, blockSize * plan.Outputs), blockSize);
        for (var number = 0; number < shares.Count; number++)
        {
            var block =
                number < required
                    ? stripe.AsMemory(number * blockSize, blockSize)
                    : computed.AsMemory((number - required) * blockSize, blockSize);
            await shares[number].WriteAsync(block, cancellationToken).ConfigureAwait(false);
        }

        filled = 0;
    }
}
