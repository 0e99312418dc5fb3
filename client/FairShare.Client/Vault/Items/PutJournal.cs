using FairShare.Client.Vault.Catalogue;
using FairShare.Core.Identifiers;
using FairShare.Vault.Codes;
using FairShare.Vault.Compression;
using UploadState = FairShare.Vault.Transfer.UploadState;

namespace FairShare.Client.Vault.Items;

/// <summary>
/// Keeps what must not be lost of an upload: in the catalogue the code and the owner's secret, before the service hears of the item; in a
/// file the state, before each part is sent. What is piped in cannot be gone on with, and has no file.
/// </summary>
/// <param name="folder">The profile's vault.</param>
/// <param name="key">Its key.</param>
/// <param name="service">The service's address.</param>
/// <param name="time">The clock of the records.</param>
public sealed class PutJournal(VaultFolder folder, VaultKey key, string service, TimeProvider time)
{
    /// <summary>The catalogue.</summary>
    public ItemCatalogue Catalogue { get; } = folder.OpenCatalogue(key);

    /// <summary>An earlier upload of the same, which was cut short; null where there is none.</summary>
    internal UploadState? Find(VaultPutOrder order) => order.Source is null ? null : folder.FindUpload(key, What(order));

    /// <summary>Keeps other commands from uploading the same meanwhile.</summary>
    /// <exception cref="VaultProblem"><see cref="VaultProblem.Busy"/>.</exception>
    internal IDisposable? Hold(VaultPutOrder order) => order.Source is null ? null : folder.HoldUpload(key, What(order));

    internal void Begin(VaultPutOrder order, UploadState state, PutTerms terms)
    {
        Catalogue.Insert(Entry(order, state.Code, terms));
        Record(order, state);
    }

    internal void Record(VaultPutOrder order, UploadState state)
    {
        if (order.Source is not null)
        {
            folder.SaveUpload(key, What(order), state);
        }
    }

    internal void Finish(VaultPutOrder order, PutTerms terms, StoredItem item)
    {
        Catalogue.Insert(Entry(order, item.Code, terms) with { Size = item.ContentLength, ExpiresAt = item.ExpiresAt });
        ForgetState(order);
    }

    internal void Abandon(VaultPutOrder order, UploadState state)
    {
        Catalogue.Remove(VaultCookie.Write(state.Code.Secret));
        ForgetState(order);
    }

    private CatalogueEntry Entry(VaultPutOrder order, VaultCode code, PutTerms terms) =>
        new(code.ToString(), terms.Owner, service, order.Name, Timestamp.Truncate(time.GetUtcNow()), MaxOpens: terms.MaxOpens)
        {
            IsCompressed = order.Compression == VaultCompression.Zstd,
            Replaces = order.Replaces?.ToString(),
        };

    private void ForgetState(VaultPutOrder order)
    {
        if (order.Source is not null)
        {
            folder.ForgetUpload(key, What(order));
        }
    }

    private string What(VaultPutOrder order) => $"{service}\n{order.Source}";
}
