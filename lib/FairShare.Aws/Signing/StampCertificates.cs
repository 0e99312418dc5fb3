using FairShare.Aws.Table;
using FairShare.Core.Identifiers;

namespace FairShare.Aws.Signing;

/// <summary>
/// The certificates of the keys that stamp, in the evidence table, never changed: of each key one that vouches for itself, and chains that
/// others gave for it.
/// </summary>
/// <param name="table">The table.</param>
public sealed class StampCertificates(ItemTable table)
{
    private const string Attribute = "stampCertificate";
    private const string Chain = "stampChain";

    /// <summary>Finds the certificate of a key.</summary>
    /// <returns>The certificate in DER; null when there is none.</returns>
    public async Task<byte[]?> FindAsync(KeyId key, CancellationToken cancellationToken) =>
        await table.GetAsync(StoreItemKeys.StampCertificate(key), cancellationToken) is { } item
            ? Convert.FromBase64String(item.Text(Attribute))
            : null;

    /// <summary>Lists the chains of a key, in PEM, the latest first.</summary>
    public async Task<IReadOnlyList<string>> ListChainsAsync(KeyId key, CancellationToken cancellationToken) =>
        [
            .. (await table.QueryAsync(StoreItemKeys.StorePartition, StoreItemKeys.StampChains(key), cancellationToken))
                .Select(item => item.Text(Chain))
                .Reverse(),
        ];

    /// <summary>Keeps a chain.</summary>
    /// <returns>False when one was installed at the same instant.</returns>
    public Task<bool> TryKeepChainAsync(KeyId key, string pem, DateTimeOffset at, CancellationToken cancellationToken) =>
        table.TryCreateAsync(new Item(StoreItemKeys.StampChain(key, at)).With(Chain, pem), cancellationToken);

    /// <summary>Keeps a certificate.</summary>
    /// <returns>False when there is one already.</returns>
    public Task<bool> TryKeepAsync(KeyId key, byte[] certificate, CancellationToken cancellationToken) =>
        table.TryCreateAsync(
            new Item(StoreItemKeys.StampCertificate(key)).With(Attribute, Convert.ToBase64String(certificate)),
            cancellationToken
        );
}
