using FairShare.Client.Http;
using FairShare.Client.Transfers;
using FairShare.Core.Errors;
using FairShare.Vault.Codes;
using FairShare.Vault.Derivation;
using FairShare.Vault.Objects;
using FairShare.Vault.Tokens;
using FairShare.Vault.Transfer;
using UploadState = FairShare.Vault.Transfer.UploadState;

namespace FairShare.Client.Vault.Items;

/// <summary>Stores content under a new secret, or goes on with an upload of it that was cut short.</summary>
internal sealed class VaultPutOperation(VaultClient client, VaultPutOrder order, PutJournal journal, Action<TransferProgress>? progress)
{
    // What the service says of an earlier upload that cannot be gone on with: it has expired, was erased, or has lost its parts.
    private static readonly string[] Over =
    [
        "vault-item-not-found",
        "vault-id-taken",
        "vault-state",
        "vault-not-stored",
        "vault-digest",
        "invalid-vault-parts",
    ];

    public async Task<StoredItem> RunAsync(CancellationToken cancellationToken)
    {
        using var held = journal.Hold(order);
        return await TryGoOnAsync(cancellationToken).ConfigureAwait(false)
            ?? await BeginAsync(cancellationToken).ConfigureAwait(false)
            ?? throw new InvalidOperationException("A new upload has nothing to differ from.");
    }

    private async Task<StoredItem?> TryGoOnAsync(CancellationToken cancellationToken)
    {
        using var state = journal.Find(order);
        if (state is null)
        {
            return null;
        }

        var terms = PutTerms.FromNote(state.Note);
        if (await FitsAsync(state, terms, cancellationToken).ConfigureAwait(false))
        {
            try
            {
                if (await UploadAsync(state, terms, resumed: true, cancellationToken).ConfigureAwait(false) is { } stored)
                {
                    return stored;
                }
            }
            catch (FairShareProblem problem) when (Over.Contains(problem.Code, StringComparer.Ordinal)) { }
            catch (Exception fault) when (IsFinal(fault))
            {
                await AbandonAsync(state, terms, CancellationToken.None).ConfigureAwait(false);
                throw;
            }
        }

        await AbandonAsync(state, terms, cancellationToken).ConfigureAwait(false);
        return null;
    }

    private async Task<StoredItem?> BeginAsync(CancellationToken cancellationToken)
    {
        var code = order.Code ?? new VaultCode(order.Mode, VaultSecret.New(client.Randomness));
        using var keys = await VaultClient.DeriveAsync(code, order.Password, cancellationToken).ConfigureAwait(false);
        var terms = PutTerms.New(order, keys, client.Randomness);
        var envelope = VaultObject.NewEnvelope(keys, client.Randomness);
        var state = UploadState.New(code, envelope, order.Compression, PartSize.For(order.LengthBound)) with { Note = terms.ToNote() };
        journal.Begin(order, state, terms);
        try
        {
            return await UploadAsync(state, terms, resumed: false, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception fault) when (IsFinal(fault))
        {
            await AbandonAsync(state, terms, CancellationToken.None).ConfigureAwait(false);
            throw;
        }
    }

    // Whether nothing can go on with the upload: the content can be read only once, or has changed, or the service refuses it. A session that
    // has ended and a service that has too much to do are no refusals.
    private bool IsFinal(Exception fault) =>
        order.Source is null || fault is ProtocolException or FairShareProblem { Status: >= 400 and < 500 and not (401 or 408 or 429) };

    // Another password must not be taken for the one that the item has.
    private async Task<bool> FitsAsync(UploadState state, PutTerms terms, CancellationToken cancellationToken)
    {
        if (!terms.Fit(order) || (state.Code.Mode, state.Compression) != (order.Mode, order.Compression))
        {
            return false;
        }

        using var keys = await VaultClient.DeriveAsync(state.Code, order.Password, cancellationToken).ConfigureAwait(false);
        return keys.Verifier.ToString() == terms.Verifier;
    }

    private async Task<StoredItem?> UploadAsync(UploadState state, PutTerms terms, bool resumed, CancellationToken cancellationToken)
    {
        var id = SecretDerivation.ItemId(state.Code.Secret);
        var sink = new ItemUpload(client.Api, client.ObjectStore, id, terms, recorded => journal.Record(order, recorded));
        var told = new ByteProgress(done => progress?.Invoke(new(TransferPhase.Uploading, done, order.ContentLength)));
        var result = await VaultUpload.RunAsync(order.Content, state, sink, told, cancellationToken).ConfigureAwait(false);
        if (result is not UploadResult.Completed completed)
        {
            return null;
        }

        if (!sink.IsStored)
        {
            await sink.CommitAsync(completed, cancellationToken).ConfigureAwait(false);
        }

        // The state's secret goes with the state.
        var code = state.Code with
        {
            Secret = VaultSecret.FromBytes(state.Code.Secret.Bytes),
        };
        var item = new StoredItem(code, id, order.KnownLength ?? told.Done, completed.Length, sink.ExpiresAt, terms.MaxOpens, resumed);
        journal.Finish(order, terms, item);
        return item;
    }

    private async Task AbandonAsync(UploadState state, PutTerms terms, CancellationToken cancellationToken)
    {
        try
        {
            var id = SecretDerivation.ItemId(state.Code.Secret);
            await client.DeleteAsync(id, VaultOwner.Parse(terms.Owner), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is FairShareProblem or HttpRequestException)
        {
            // It was never announced, or is gone; or it ends by itself.
        }

        journal.Abandon(order, state);
    }
}
