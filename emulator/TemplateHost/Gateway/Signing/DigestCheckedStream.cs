using System.Security.Cryptography;
using TemplateHost.Kernel;

namespace TemplateHost.Gateway.Signing;

/// <summary>Reads a body and compares its SHA-256 with the digest that the signature covers, when the end is reached.</summary>
internal sealed class DigestCheckedStream(Stream inner, string expectedDigest) : ReadOnlyStream
{
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private bool ended;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await inner.ReadAsync(buffer, cancellationToken);
        hash.AppendData(buffer.Span[..read]);
        if (read == 0 && buffer.Length > 0 && !ended)
        {
            ended = true;
            DemandDigest();
        }

        return read;
    }

    protected override void Dispose(bool disposing)
    {
        hash.Dispose();
        base.Dispose(disposing);
    }

    private void DemandDigest()
    {
        if (Convert.ToHexStringLower(hash.GetHashAndReset()) != expectedDigest)
        {
            throw new AwsException(
                "XAmzContentSHA256Mismatch",
                "The provided 'x-amz-content-sha256' header does not match what was computed."
            );
        }
    }
}
