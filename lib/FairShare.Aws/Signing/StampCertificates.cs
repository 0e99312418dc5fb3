using FairShare.Aws.Table;
using FairShare.Core.Identifiers;

namespace FairShare.Aws.Signing;

/// <summary>The certificates of the keys that stamp, in the evidence table: one for each key, never changed.</summary>
/// <param name="table">The table.</param>
public sealed class StampCertificates(ItemTable table)
{
    private const string Attribute = "stampCertificate";

    /// <summary>Finds the certificate of a key.</summary>
    /// <returns>The certificate in DER; null when there is none.</returns>
    public async Task<byte[]?> FindAsync(KeyId key, CancellationToken cancellationToken) =>
        await table.GetAsync(StoreItemKeys.StampCertificate(key), cancellationToken) is { } item
            ? Convert.FromBase64String(item.Text(Attribute))
            : null;

    /// <summary>Keeps a certificate.</summary>
    /// <returns>False when there is one already.</returns>
    public Task<bool> TryKeepAsync(KeyId key, byte[] certificate, CancellationToken cancellationToken) =>
        table.TryCreateAsync(
            new Item(StoreItemKeys.StampCertificate(key)).With(Attribute, Convert.ToBase64String(certificate)),
            cancellationToken
        );
}
