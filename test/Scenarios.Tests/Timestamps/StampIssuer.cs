using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace FairShare.Scenarios.Tests.Timestamps;

/// <summary>A certification authority that gives anybody a certificate for stamps.</summary>
internal static class StampIssuer
{
    /// <summary>A chain in PEM for a request in PEM: its certificate and the root's.</summary>
    /// <param name="request">The request.</param>
    /// <param name="at">When it is issued; null for now.</param>
    /// <param name="days">For how many days it is valid.</param>
    public static string Certify(string request, DateTimeOffset? at = null, int days = 365)
    {
        var now = at ?? TimeProvider.System.GetUtcNow();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var authority = new CertificateRequest("CN=issuer", key, HashAlgorithmName.SHA256);
        authority.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var root = authority.CreateSelfSigned(now.AddDays(-2), now.AddYears(2));
        var wanted = CertificateRequest.LoadSigningRequestPem(
            request,
            HashAlgorithmName.SHA256,
            CertificateRequestLoadOptions.UnsafeLoadCertificateExtensions
        );
        using var issued = wanted.Create(root, now.AddDays(-1), now.AddDays(days), [1, 2, 3, 4]);
        return issued.ExportCertificatePem() + "\n" + root.ExportCertificatePem();
    }
}
