namespace FairShare.Aws.Backup;

/// <summary>Some of an object's octets.</summary>
/// <param name="Octets">They, to their end.</param>
/// <param name="Tag">What S3 calls the octets of the whole object: another tag, another object; empty where the range is behind its
/// end.</param>
/// <param name="Size">The octets of the whole object; 0 where the range is behind its end.</param>
public sealed record ObjectRange(Stream Octets, string Tag, long Size) : IAsyncDisposable
{
    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Octets.DisposeAsync();
}
