using System.Diagnostics;
using FairShare.Client.Http;
using FairShare.Client.Transfers;
using FairShare.Contracts.Vault;
using FairShare.Core.Digests;
using FairShare.Core.Encoding;
using FairShare.Vault.Derivation;
using FairShare.Vault.Objects;
using FairShare.Vault.Tokens;

namespace FairShare.Client.Vault.Items;

/// <summary>An item that was opened: its object can be read as often as the ticket lives.</summary>
public sealed class OpenedItem : IDisposable
{
    private readonly VaultClient client;
    private readonly FairShareApi api;
    private readonly VaultItemId id;
    private readonly VaultKeys keys;
    private readonly VaultTicket ticket;

    internal OpenedItem(VaultClient client, FairShareApi api, VaultItemId id, VaultKeys keys, VaultTicket ticket) =>
        (this.client, this.api, this.id, this.keys, this.ticket) = (client, api, id, keys, ticket);

    internal VaultTicket Ticket => ticket;

    /// <summary>The service's last answer.</summary>
    public VaultOpenAnswer Answer { get; private set; } = null!;

    /// <summary>The object's digest, as the service has it.</summary>
    public DocumentDigest Digest => DocumentDigest.Parse(Answer.Digest.Method, Answer.Digest.Value, Answer.Digest.PartSize);

    /// <summary>Reads the object, as it is stored.</summary>
    /// <param name="progress">Told of bytes of the object.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The object; a connection that breaks is made again. Reading throws <see cref="TransferProblem"/>.</returns>
    public Stream ReadObject(Action<TransferProgress>? progress, CancellationToken cancellationToken) =>
        Answer switch
        {
            { Body: { } body } => new MemoryStream(Base64UrlText.TryDecode(body, out var bytes) ? bytes : throw new UnreachableException()),
            _ => new ObjectStream(this, client.ObjectStore, client.Time, progress, cancellationToken),
        };

    /// <summary>Decrypts an object.</summary>
    /// <param name="source">The object; left open.</param>
    /// <param name="limit">The most bytes of content that are taken.</param>
    /// <exception cref="FairShare.Vault.Age.AgeException">It is not this item's, or was changed.</exception>
    public OpenedObject Decrypt(Stream source, long limit) => VaultObject.Open(source, keys, limit);

    /// <summary>Gives the ticket back. What the service says of it changes nothing of what was read.</summary>
    public Task CloseAsync(CancellationToken cancellationToken) => client.CloseTicketAsync(id, ticket, cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => keys.Dispose();

    /// <summary>Asks again with the same ticket, which gives a fresh URL and costs no open.</summary>
    internal async Task RenewAsync(CancellationToken cancellationToken)
    {
        var request = new VaultOpenRequest(Base64UrlText.Encode(keys.Auth), ticket.ToString());
        Answer = OpenAnswers.Require(await api.CallAsync(VaultRoutes.OpenVaultItem, id, request, cancellationToken).ConfigureAwait(false));
    }
}
