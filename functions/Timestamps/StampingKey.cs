using FairShare.Aws.Signing;
using FairShare.Core.Keys;
using FairShare.Functions.Hosting;
using FairShare.Timestamps.Certificates;
using FairShare.Timestamps.Tokens;

namespace FairShare.Functions.Timestamps;

/// <summary>The key that stamps, in KMS, with the certificate that it has in the table: made when the first stamp is asked for.</summary>
internal sealed class StampingKey(FunctionServices services)
{
    private static readonly TimeSpan Validity = TimeSpan.FromDays(3650);

    private TimestampAuthority? authority;

    /// <summary>The authority, for the life of this object.</summary>
    public async Task<TimestampAuthority> GetAuthorityAsync(CancellationToken cancellationToken) =>
        authority ??= await LoadAsync(cancellationToken);

    private async Task<TimestampAuthority> LoadAsync(CancellationToken cancellationToken)
    {
        var key = await services.StampKey.ReadPublicKeyAsync(cancellationToken);
        var certificates = services.StampCertificates;
        var kept = await certificates.FindAsync(key.Thumbprint, cancellationToken) ?? await MakeAsync(certificates, key, cancellationToken);
        return new TimestampAuthority(AuthorityCertificate.Parse(kept), Sign(key));
    }

    // Of two that are made at once the first is the one.
    private async Task<byte[]> MakeAsync(StampCertificates certificates, PublicKey key, CancellationToken cancellationToken)
    {
        var now = services.Time.GetUtcNow();
        var serial = StampTime.NewSerial(services.Randomness);
        var made = await CertificateWriter.IssueAsync($"{services.Store} stamps", key, serial, now, now + Validity, Sign(key));
        return await certificates.TryKeepAsync(key.Thumbprint, made.Der.ToArray(), cancellationToken)
            ? made.Der.ToArray()
            : await certificates.FindAsync(key.Thumbprint, cancellationToken)
                ?? throw new InvalidOperationException("The certificate that was kept cannot be read.");
    }

    private Func<ReadOnlyMemory<byte>, Task<byte[]>> Sign(PublicKey key)
    {
        var signer = services.StampKey.SignerOf(key);
        return async octets => EcdsaSignatureFormat.ToDer(await signer.SignAsync(octets, CancellationToken.None));
    }
}
