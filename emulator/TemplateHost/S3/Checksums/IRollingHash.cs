using System.Security.Cryptography;

namespace TemplateHost.S3.Checksums;

/// <summary>A digest that is computed while octets pass.</summary>
internal interface IRollingHash : IDisposable
{
    void Append(ReadOnlySpan<byte> data);

    byte[] Finish();
}

internal sealed class CryptographicHash(HashAlgorithmName name) : IRollingHash
{
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(name);

    public void Append(ReadOnlySpan<byte> data) => hash.AppendData(data);

    public byte[] Finish() => hash.GetHashAndReset();

    public void Dispose() => hash.Dispose();
}
