using FairShare.Vault.Streams;

namespace FairShare.Client.Vault.Items;

/// <summary>A stream of unknown length that must not be longer than was stated.</summary>
/// <param name="source">Left open.</param>
/// <param name="limit">The most bytes.</param>
public sealed class LimitedStream(Stream source, long limit) : ReadOnlyStream
{
    private long length;

    /// <inheritdoc/>
    /// <exception cref="VaultProblem"><see cref="VaultProblem.TooLarge"/>.</exception>
    public override int Read(Span<byte> buffer) => Count(source.Read(buffer));

    /// <inheritdoc/>
    /// <exception cref="VaultProblem"><see cref="VaultProblem.TooLarge"/>.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        Count(await source.ReadAsync(buffer, cancellationToken).ConfigureAwait(false));

    private int Count(int read) =>
        (length += read) <= limit ? read : throw new VaultProblem(VaultProblem.TooLarge, $"More than {limit} bytes came.");
}
