using FairShare.Client.Http;
using FairShare.Client.Transfers;
using FairShare.Contracts.Vault;
using FairShare.Core.Errors;
using FairShare.Core.Identifiers;
using FairShare.Vault.Codes;
using FairShare.Vault.Derivation;
using FairShare.Vault.Tokens;

namespace FairShare.Client.Vault.Items;

/// <summary>The vault of a service, as those who store and those who fetch use it.</summary>
/// <param name="api">The API; with the party's token for what needs an account.</param>
/// <param name="transfers">A connection to presigned URLs: no base address, no default headers, no overall timeout.</param>
/// <param name="time">The clock of waits.</param>
/// <param name="randomness">The source of secrets, keys and tickets.</param>
public sealed class VaultClient(FairShareApi api, HttpClient transfers, TimeProvider time, IRandomness randomness)
{
    internal FairShareApi Api => api;

    /// <summary>For how long nothing may come or go before the object store counts as unreachable; a minute by default.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(60);

    internal ObjectStoreClient ObjectStore => field ??= new(transfers, time) { Patience = Patience };

    internal TimeProvider Time => time;

    internal IRandomness Randomness => randomness;

    /// <summary>
    /// Encrypts and stores content. An upload that was cut short goes on where it ended, if the content is the same and is stored on the
    /// same terms; otherwise what there is of it is erased, and another begins.
    /// </summary>
    /// <param name="order">What, and on which terms.</param>
    /// <param name="journal">Keeps what must not be lost.</param>
    /// <param name="progress">Told of bytes of content; called on any thread.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="FairShareProblem">The service refused.</exception>
    /// <exception cref="TransferProblem">The object store refused.</exception>
    /// <exception cref="ProtocolException"><c>invalid-vault-password</c>, or the archive's.</exception>
    /// <exception cref="VaultProblem"><see cref="VaultProblem.TooLarge"/>, or the catalogue's.</exception>
    public Task<StoredItem> PutAsync(
        VaultPutOrder order,
        PutJournal journal,
        Action<TransferProgress>? progress,
        CancellationToken cancellationToken
    ) => new VaultPutOperation(this, order, journal, progress).RunAsync(cancellationToken);

    /// <summary>Opens an item; costs one open, unless the ticket was used before. Then its content is to be read.</summary>
    /// <param name="code">The code.</param>
    /// <param name="password">The password; exactly in mode P.</param>
    /// <param name="ticket">A ticket that is kept until the content is.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The open; dispose it.</returns>
    /// <exception cref="FairShareProblem"><c>vault-wrong-password</c>, <c>vault-item-not-found</c> and the others of the call.</exception>
    public Task<OpenedItem> OpenAsync(VaultCode code, string? password, VaultTicket ticket, CancellationToken cancellationToken) =>
        OpenAsync(api, code, password, ticket, cancellationToken);

    /// <summary>Reads an item as its owner, which costs no open.</summary>
    /// <param name="code">The code.</param>
    /// <param name="password">The password; exactly in mode P.</param>
    /// <param name="owner">The owner's secret.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The item; dispose it.</returns>
    /// <exception cref="FairShareProblem">As of <see cref="OpenAsync(VaultCode, string?, VaultTicket, CancellationToken)"/>.</exception>
    public Task<OpenedItem> ReadAsOwnerAsync(VaultCode code, string? password, VaultOwner owner, CancellationToken cancellationToken) =>
        OpenAsync(AsOwner(owner), code, password, VaultTicket.New(randomness), cancellationToken);

    private async Task<OpenedItem> OpenAsync(
        FairShareApi caller,
        VaultCode code,
        string? password,
        VaultTicket ticket,
        CancellationToken cancellationToken
    )
    {
        var keys = await DeriveAsync(code, password, cancellationToken).ConfigureAwait(false);
        try
        {
            var opened = new OpenedItem(this, caller, SecretDerivation.ItemId(code.Secret), keys, ticket);
            await opened.RenewAsync(cancellationToken).ConfigureAwait(false);
            return opened;
        }
        catch
        {
            keys.Dispose();
            throw;
        }
    }

    /// <summary>Where an item stands.</summary>
    public Task<VaultItemView> DescribeAsync(VaultItemId id, VaultOwner owner, CancellationToken cancellationToken) =>
        AsOwner(owner).CallAsync(VaultRoutes.GetVaultItem, id, cancellationToken);

    /// <summary>Changes an item's limits, or forgets wrong guesses.</summary>
    public Task<VaultItemView> ChangeLimitsAsync(
        VaultItemId id,
        VaultOwner owner,
        VaultLimitsRequest limits,
        CancellationToken cancellationToken
    ) => AsOwner(owner).CallAsync(VaultRoutes.ChangeVaultLimits, id, limits, cancellationToken);

    /// <summary>Erases an item. A repeat changes nothing.</summary>
    public Task<VaultItemView> DeleteAsync(VaultItemId id, VaultOwner owner, CancellationToken cancellationToken) =>
        AsOwner(owner).CallAsync(VaultRoutes.DeleteVaultItem, id, cancellationToken);

    /// <summary>Gives an item another owner's secret, as the party that stored it.</summary>
    public Task<VaultItemView> ClaimAsync(VaultItemId id, VaultOwner owner, CancellationToken cancellationToken) =>
        api.CallAsync(VaultRoutes.ClaimVaultItem, id, new VaultOwnerRequest(owner.Tag.ToString()), cancellationToken);

    /// <summary>Gives a ticket back; it ends by itself where nobody can be told. A repeat changes nothing.</summary>
    public async Task CloseTicketAsync(VaultItemId id, VaultTicket ticket, CancellationToken cancellationToken)
    {
        try
        {
            var request = new VaultDoneRequest(ticket.ToString());
            await api.CallAsync(VaultRoutes.CloseVaultTicket, id, request, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is FairShareProblem or HttpRequestException) { }
    }

    // Most of a second of computing: not on the thread of who waits.
    internal static Task<VaultKeys> DeriveAsync(VaultCode code, string? password, CancellationToken cancellationToken) =>
        Task.Run(
            () =>
            {
                var keys = VaultKeys.Derive(code, password);
                if (code.Mode == VaultMode.Password)
                {
                    // scrypt's 256 MiB are garbage now: without this they would stay beside what the transfer needs.
                    GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
                }

                return keys;
            },
            cancellationToken
        );

    internal FairShareApi AsOwner(VaultOwner owner) => api.WithHeader(VaultRoutes.OwnerHeader, owner.ToString());
}
