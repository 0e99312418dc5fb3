using TemplateHost.Kernel;

namespace TemplateHost.Gateway;

/// <summary>Reads the body of requests that are taken whole, none of which is large.</summary>
internal static class BodyBuffer
{
    /// <summary>16 MiB: DynamoDB's own limit, the largest of the services that are not S3.</summary>
    public const int LargestLimit = 16 << 20;

    /// <summary>8 MiB: beyond what Lambda takes, the next largest.</summary>
    public const int UsualLimit = 8 << 20;

    /// <summary>1 MiB: what nobody signed is a user pool's, and small.</summary>
    public const int UnsignedLimit = 1 << 20;

    private const int Stride = 1 << 12;

    /// <exception cref="AwsException">The body is larger than the limit.</exception>
    public static Task<byte[]> ReadAsync(WireRequest wire, CancellationToken cancellationToken, int limit = UsualLimit) =>
        ReadAsync(wire.Body, wire.ContentLength, limit, cancellationToken);

    /// <param name="body">What to read.</param>
    /// <param name="declared">The length that the client declared; one beyond the limit is refused unread.</param>
    /// <param name="limit">The most octets that are read.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="AwsException">The body is larger than the limit.</exception>
    public static async Task<byte[]> ReadAsync(Stream body, long? declared, int limit, CancellationToken cancellationToken)
    {
        if (declared > limit)
        {
            throw TooLarge(limit);
        }

        var octets = new byte[declared is > 0 and var length ? length + 1 : Stride];
        var (count, read) = (0, 0);
        while ((read = await body.ReadAsync(octets.AsMemory(count), cancellationToken)) > 0)
        {
            count += read;
            if (count > limit)
            {
                throw TooLarge(limit);
            }

            if (count == octets.Length)
            {
                Array.Resize(ref octets, octets.Length * 2);
            }
        }

        Array.Resize(ref octets, count);
        return octets;
    }

    private static AwsException TooLarge(int limit) => new("RequestEntityTooLarge", $"The request body is larger than {limit} bytes.", 413);
}
