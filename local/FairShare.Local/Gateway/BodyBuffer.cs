namespace FairShare.Local.Gateway;

/// <summary>Reads the body of services that take it whole.</summary>
internal static class BodyBuffer
{
    /// <summary>16 MiB: DynamoDB's own limit, the largest of the services that are not S3.</summary>
    public const int Limit = 16 << 20;

    /// <exception cref="AwsException">The body is larger than the limit.</exception>
    public static async Task<byte[]> ReadAsync(WireRequest wire, CancellationToken cancellationToken, int limit = Limit)
    {
        using var buffer = new MemoryStream((int)Math.Clamp(wire.ContentLength ?? 0, 0, limit));
        var block = new byte[1 << 14];
        int read;
        while ((read = await wire.Body.ReadAsync(block, cancellationToken)) > 0)
        {
            if (buffer.Length + read > limit)
            {
                throw new AwsException("RequestEntityTooLarge", $"The request body is larger than {limit} bytes.", 413);
            }

            buffer.Write(block, 0, read);
        }

        return buffer.ToArray();
    }
}
