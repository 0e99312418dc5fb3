using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using FairShare.Core.Errors;
using PublicKey = FairShare.Core.Keys.PublicKey;

namespace FairShare.Timestamps.Certificates;

/// <summary>
/// The certificate that somebody else gave an authority, and those that lead from it towards a root: the authority's first, then each
/// issuer's.
/// </summary>
public sealed class StampChain
{
    private const string ExtendedKeyUsage = "2.5.29.37";
    private const string AnyExtendedKeyUsage = "2.5.29.37.0";
    private const int Most = 5;

    // What a critical extension of RFC 5280 demands is either verified here or by the platform's chain building.
    private static readonly string[] Understood =
    [
        "2.5.29.15", // keyUsage
        "2.5.29.17", // subjectAltName
        "2.5.29.19", // basicConstraints
        "2.5.29.30", // nameConstraints
        "2.5.29.32", // certificatePolicies
        "2.5.29.33", // policyMappings
        "2.5.29.36", // policyConstraints
        ExtendedKeyUsage,
        "2.5.29.54", // inhibitAnyPolicy
    ];

    private StampChain(IReadOnlyList<ReadOnlyMemory<byte>> certificates, DateTimeOffset notAfter) =>
        (Certificates, NotAfter) = (certificates, notAfter);

    /// <summary>The certificates in DER.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Certificates { get; }

    /// <summary>Until when all of them are valid.</summary>
    public DateTimeOffset NotAfter { get; }

    /// <summary>
    /// Reads a chain, and verifies all that can be known without knowing its root. Of one certificate alone, who signed it is not verified.
    /// </summary>
    /// <param name="pem">Certificates in PEM, 1 to 5; text between them is ignored.</param>
    /// <param name="key">The authority's key.</param>
    /// <param name="now">The present.</param>
    /// <exception cref="ProtocolException">
    /// <c>invalid-chain</c>: no certificates, or too many; <c>chain-of-another-key</c>; <c>not-for-stamping</c>: the extended key usage for
    /// stamping is missing, not critical, or not alone, or the key usage allows something else than signing;
    /// <c>unknown-critical-extension</c>: one demands what is not understood; <c>chain-not-valid</c>: one has expired, or is not valid yet;
    /// <c>chain-order</c>: an issuer stands elsewhere than behind what it issued; <c>chain-broken</c>: one was not issued by the next, or
    /// the next may not issue it.
    /// </exception>
    public static StampChain Parse(string pem, PublicKey key, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(key);
        var certificates = new X509Certificate2Collection();
        try
        {
            certificates.ImportFromPem(pem);
            return certificates.Count is 0 or > Most
                ? throw new ProtocolException("invalid-chain", "A chain has 1 to 5 certificates in PEM.")
                : Verify([.. certificates], key, now);
        }
        catch (CryptographicException)
        {
            throw new ProtocolException("invalid-chain", "The text has no certificates in PEM that can be read.");
        }
        finally
        {
            foreach (var certificate in certificates)
            {
                certificate.Dispose();
            }
        }
    }

    /// <summary>The certificates in PEM, in their order.</summary>
    public string ToPem() => string.Concat(Certificates.Select(der => PemEncoding.WriteString("CERTIFICATE", der.Span) + "\n"));

    private static StampChain Verify(IReadOnlyList<X509Certificate2> chain, PublicKey key, DateTimeOffset now)
    {
        if (!chain[0].PublicKey.ExportSubjectPublicKeyInfo().AsSpan().SequenceEqual(key.ToSubjectPublicKeyInfo()))
        {
            throw new ProtocolException("chain-of-another-key", "The first certificate is not of the key that stamps.");
        }

        RequireForStamping(chain[0]);
        RequireUnderstood(chain);
        if (chain.FirstOrDefault(one => now < one.NotBefore || now > one.NotAfter) is { } invalid)
        {
            throw new ProtocolException("chain-not-valid", $"The certificate of {invalid.Subject} has expired, or is not valid yet.");
        }

        RequireOrder(chain);
        RequireIssuersForStamping(chain);
        RequireSignatures(chain, now);
        return new StampChain(
            [.. chain.Select(one => (ReadOnlyMemory<byte>)one.RawData)],
            chain.Min(one => new DateTimeOffset(one.NotAfter))
        );
    }

    private static void RequireForStamping(X509Certificate2 certificate)
    {
        if (UsagesOf(certificate) is not { Critical: true, EnhancedKeyUsages: [{ Value: Oids.TimeStamping }] })
        {
            throw new ProtocolException("not-for-stamping", "The certificate must be for time-stamping, critical, and for nothing else.");
        }

        // As openssl ts -verify has it: whatever else the key may do, a verifier need not believe its stamps.
        const X509KeyUsageFlags signing = X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.NonRepudiation;
        if (
            certificate.Extensions.OfType<X509KeyUsageExtension>().FirstOrDefault() is { KeyUsages: var allowed }
            && ((allowed & signing) == 0 || (allowed & ~signing) != 0)
        )
        {
            throw new ProtocolException("not-for-stamping", "A key usage must be digitalSignature or nonRepudiation, and nothing else.");
        }
    }

    private static void RequireUnderstood(IReadOnlyList<X509Certificate2> chain)
    {
        foreach (var certificate in chain)
        {
            if (certificate.Extensions.FirstOrDefault(one => one.Critical && !Understood.Contains(one.Oid?.Value)) is { } unknown)
            {
                throw new ProtocolException(
                    "unknown-critical-extension",
                    $"The certificate of {certificate.Subject} has the critical extension {unknown.Oid?.Value}, which is not understood."
                );
            }
        }
    }

    private static void RequireOrder(IReadOnlyList<X509Certificate2> chain)
    {
        for (var place = 0; place + 1 < chain.Count; place++)
        {
            var issuer = chain[place].IssuerName.RawData;
            if (!chain[place + 1].SubjectName.RawData.AsSpan().SequenceEqual(issuer))
            {
                throw chain.Any(one => one.SubjectName.RawData.AsSpan().SequenceEqual(issuer))
                    ? new ProtocolException("chain-order", "The certificates must stand in order: the authority's, then each issuer's.")
                    : Broken(chain[place]);
            }
        }
    }

    // An issuer that is for other uses alone may not issue for stamping. The platform's policy for uses would refuse one that is for any.
    private static void RequireIssuersForStamping(IReadOnlyList<X509Certificate2> chain)
    {
        for (var place = 1; place < chain.Count; place++)
        {
            if (
                UsagesOf(chain[place]) is { EnhancedKeyUsages: var uses }
                && !uses.OfType<Oid>().Any(use => use.Value is Oids.TimeStamping or AnyExtendedKeyUsage)
            )
            {
                throw Broken(chain[place - 1]);
            }
        }
    }

    private static X509EnhancedKeyUsageExtension? UsagesOf(X509Certificate2 certificate) =>
        certificate.Extensions.OfType<X509EnhancedKeyUsageExtension>().FirstOrDefault(one => one.Oid?.Value == ExtendedKeyUsage);

    private static void RequireSignatures(IReadOnlyList<X509Certificate2> chain, DateTimeOffset now)
    {
        if (chain.Count == 1)
        {
            return;
        }

        using var built = new X509Chain();
        built.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        built.ChainPolicy.CustomTrustStore.Add(chain[^1]);
        built.ChainPolicy.ExtraStore.AddRange(chain.Skip(1).SkipLast(1).ToArray());
        built.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        built.ChainPolicy.DisableCertificateDownloads = true;
        built.ChainPolicy.VerificationTime = now.UtcDateTime;
        // Its last need not be a root: whoever verifies a stamp has that.
        built.ChainPolicy.VerificationFlags = X509VerificationFlags.AllowUnknownCertificateAuthority;
        if (!built.Build(chain[0]) || built.ChainElements.Count != chain.Count)
        {
            throw Broken(chain[0]);
        }
    }

    private static ProtocolException Broken(X509Certificate2 certificate) =>
        new("chain-broken", $"The certificate of {certificate.Subject} was not issued by the one behind it, or that may not issue it.");
}
