using FairShare.Aws.Signing;
using FairShare.Core.Errors;
using FairShare.Core.Keys;
using FairShare.Functions.Hosting;
using FairShare.Timestamps.Certificates;
using FairShare.Timestamps.Tokens;

namespace FairShare.Functions.Timestamps;

/// <summary>
/// The key that stamps, in KMS, with the certificate that it has in the table: the latest that was installed and is valid, or else the one
/// that vouches for itself, which is made when the first stamp is asked for.
/// </summary>
internal sealed class StampingKey(FunctionServices services)
{
    private static readonly TimeSpan Validity = TimeSpan.FromDays(3650);

    // So long a function that is warm may not know of a chain that was installed.
    private static readonly TimeSpan Recheck = TimeSpan.FromMinutes(5);

    private (TimestampAuthority Authority, DateTimeOffset Until)? known;

    /// <summary>What the authority is called.</summary>
    public string Name => $"{services.Store} stamps";

    /// <summary>The authority; what it knows is five minutes old at most, and its chain has not expired.</summary>
    public async Task<TimestampAuthority> GetAuthorityAsync(CancellationToken cancellationToken)
    {
        var now = services.Time.GetUtcNow();
        if (known is not { } kept || now > kept.Until)
        {
            known = kept = await LoadAsync(now, cancellationToken);
        }

        return kept.Authority;
    }

    /// <summary>Reads the public key.</summary>
    public Task<PublicKey> ReadPublicKeyAsync(CancellationToken cancellationToken) =>
        services.StampKey.ReadPublicKeyAsync(cancellationToken);

    /// <summary>What signs with the key: octets with ECDSA on P-256 and SHA-256, giving DER.</summary>
    public Func<ReadOnlyMemory<byte>, Task<byte[]>> SignerOf(PublicKey key)
    {
        var signer = services.StampKey.SignerOf(key);
        return async octets => EcdsaSignatureFormat.ToDer(await signer.SignAsync(octets, CancellationToken.None));
    }

    private async Task<(TimestampAuthority Authority, DateTimeOffset Until)> LoadAsync(
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var (key, until) = (await ReadPublicKeyAsync(cancellationToken), now + Recheck);
        var certificates = services.StampCertificates;
        var chains = await certificates.ListChainsAsync(key.Thumbprint, cancellationToken);
        if (chains.Select(pem => Find(pem, key, now)).FirstOrDefault(chain => chain is not null) is { } chain)
        {
            var authority = new TimestampAuthority(AuthorityCertificate.Parse(chain.Certificates[0]), SignerOf(key))
            {
                Issuers = [.. chain.Certificates.Skip(1)],
            };
            return (authority, chain.NotAfter < until ? chain.NotAfter : until);
        }

        var kept = await certificates.FindAsync(key.Thumbprint, cancellationToken) ?? await MakeAsync(certificates, key, cancellationToken);
        return (new TimestampAuthority(AuthorityCertificate.Parse(kept), SignerOf(key)), until);
    }

    /// <summary>The chain, unless it has expired since it was installed.</summary>
    private static StampChain? Find(string pem, PublicKey key, DateTimeOffset now)
    {
        try
        {
            return StampChain.Parse(pem, key, now);
        }
        catch (ProtocolException)
        {
            return null;
        }
    }

    // Of two that are made at once the first is the one.
    private async Task<byte[]> MakeAsync(StampCertificates certificates, PublicKey key, CancellationToken cancellationToken)
    {
        var now = services.Time.GetUtcNow();
        var serial = StampTime.NewSerial(services.Randomness);
        var made = await CertificateWriter.IssueAsync(Name, key, serial, now, now + Validity, SignerOf(key));
        return await certificates.TryKeepAsync(key.Thumbprint, made.Der.ToArray(), cancellationToken)
            ? made.Der.ToArray()
            : await certificates.FindAsync(key.Thumbprint, cancellationToken)
                ?? throw new InvalidOperationException("The certificate that was kept cannot be read.");
    }
}
