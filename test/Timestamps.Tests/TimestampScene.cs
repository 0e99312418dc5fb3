using System.Security.Cryptography;
using FairShare.Core.Digests;
using FairShare.Core.Keys;
using FairShare.Timestamps.Certificates;
using FairShare.Timestamps.Requests;
using FairShare.Timestamps.Tokens;

namespace FairShare.Timestamps.Tests;

/// <summary>An authority with a key at hand.</summary>
internal sealed class TimestampScene : IDisposable
{
    public static readonly DateTimeOffset Now = new(2026, 11, 26, 9, 30, 15, 250, TimeSpan.Zero);

    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public static byte[] Document { get; } = [1, 2, 3];

    public static TimestampRequest Request { get; } = new(Sha256Digest.Of(Document), new byte[] { 1, 2, 3, 4 }, WantsCertificate: true);

    public static byte[] Serial { get; } = [0xF1, .. new byte[15]];

    public PublicKey Public => PublicKey.Of(key);

    public Task<AuthorityCertificate> CertifyAsync() =>
        CertificateWriter.IssueAsync("test stamps", Public, Serial, Now.AddDays(-1), Now.AddYears(30), SignAsync);

    /// <summary>The request for a certificate of the key, in PEM.</summary>
    public async Task<string> RequestAsync()
    {
        var request = await CertificateRequestWriter.WriteAsync("test stamps", Public, SignAsync);
        return PemEncoding.WriteString("CERTIFICATE REQUEST", request);
    }

    /// <summary>A stamp with a chain.</summary>
    public Task<byte[]> AnswerAsync(StampChain chain) =>
        new TimestampAuthority(AuthorityCertificate.Parse(chain.Certificates[0]), SignAsync)
        {
            Issuers = [.. chain.Certificates.Skip(1)],
        }.AnswerAsync(Request, TimeProvider.System.GetUtcNow(), Serial);

    public async Task<byte[]> AnswerAsync(TimestampRequest request) =>
        await new TimestampAuthority(await CertifyAsync(), SignAsync).AnswerAsync(request, Now, Serial);

    public void Dispose() => key.Dispose();

    private Task<byte[]> SignAsync(ReadOnlyMemory<byte> octets) =>
        Task.FromResult(key.SignData(octets.Span, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));
}
