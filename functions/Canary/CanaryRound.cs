using System.Security.Cryptography.X509Certificates;
using FairShare.Client.Bundles;
using FairShare.Client.Exchange;
using FairShare.Core.Digests;
using FairShare.Core.Identifiers;
using FairShare.Functions.Hosting;
using FairShare.Timestamps.Requests;
using FairShare.Timestamps.Tokens;

namespace FairShare.Functions.Canary;

/// <summary>What the canary does: exchanges between two parties of its own, as any two parties would.</summary>
/// <param name="connections">What it works with.</param>
/// <param name="uploader">Who uploads.</param>
/// <param name="downloader">Who gives receipts, and declines.</param>
/// <param name="folder">A folder for its files.</param>
internal sealed class CanaryRound(CanaryConnections connections, CanaryClient uploader, CanaryClient downloader, string folder)
{
    private const int DocumentSize = 1024;
    private static readonly TransferWatch Nobody = new();

    /// <summary>A whole exchange: the bundle of its evidence verifies, and the document is the one that was uploaded.</summary>
    /// <exception cref="CanaryException">It does not.</exception>
    public async Task CompleteAsync(CancellationToken cancellationToken)
    {
        var (path, opened) = await OpenAsync(cancellationToken);
        var received = await downloader.Client.AcceptAsync(
            opened,
            Directory.CreateDirectory(Path.Combine(folder, "received")).FullName,
            downloader.Signer,
            Nobody,
            cancellationToken
        );
        var bundle = new EvidenceBundle(Path.Combine(folder, "evidence.zip"));
        await downloader.Client.WriteBundleAsync(received.Evidence, bundle, [], null, cancellationToken);
        var verdict = await bundle.VerifyAsync(path, [connections.Anchor], null, cancellationToken);
        if (!verdict.IsVerified || !verdict.DocumentWasChecked)
        {
            throw new CanaryException($"The bundle of the exchange {opened.Id} does not verify.");
        }
    }

    /// <summary>An exchange that is declined: the record of it verifies.</summary>
    public async Task DeclineAsync(CancellationToken cancellationToken)
    {
        var (_, opened) = await OpenAsync(cancellationToken);
        await downloader.Client.DeclineAsync(opened, "canary", downloader.Signer, cancellationToken);
    }

    /// <summary>How long the certificate of the stamps is still valid.</summary>
    public async Task<TimeSpan> ReadStampValidityAsync(CancellationToken cancellationToken)
    {
        var imprint = Sha256Digest.Of(Nonce.New(connections.Randomness).ToString().Select(letter => (byte)letter).ToArray());
        var answer = await uploader.Client.Api.StampAsync(new TimestampRequest(imprint, null, WantsCertificate: true), cancellationToken);
        using var certificate = X509CertificateLoader.LoadCertificate(TimestampToken.ParseAnswer(answer).Certificate.Der.Span);
        return certificate.NotAfter.ToUniversalTime() - connections.Time.GetUtcNow();
    }

    private async Task<(string Path, OpenedExchange Exchange)> OpenAsync(CancellationToken cancellationToken)
    {
        var octets = new byte[DocumentSize];
        connections.Randomness.Fill(octets);
        var path = Path.Combine(folder, "canary.bin");
        await File.WriteAllBytesAsync(path, octets, cancellationToken);
        var deposit = await uploader.Client.PutAsync(
            new PutOrder(path, DocumentName.Parse("canary.bin"), MediaType.Parse("application/octet-stream"), [downloader.Client.Party]),
            uploader.Signer,
            Nobody,
            cancellationToken
        );
        return (path, await downloader.Client.OpenAsync(deposit.Document.Id, null, Nobody, cancellationToken));
    }
}

/// <summary>The service did not do what it promises.</summary>
internal sealed class CanaryException(string message) : Exception(message);
