using FairShare.Aws.Vault;
using FairShare.Contracts.Vault;
using FairShare.Core.Digests;
using FairShare.Functions.Hosting;
using FairShare.Functions.Http;
using FairShare.Vault.Derivation;
using FairShare.Vault.Items;

namespace FairShare.Functions.Vault;

/// <summary>Holds what was uploaded against what its owner says it is, by S3's own checksum, and lets it be opened.</summary>
internal sealed class CommitVaultItem(FunctionServices services) : IRouteHandler<VaultItemId, VaultCommitRequest, VaultItemView>
{
    public async Task<Answer<VaultItemView>> HandleAsync(ApiCall<VaultItemId, VaultCommitRequest> call, CancellationToken cancellationToken)
    {
        var view = call.Request.Digest;
        var digest = DocumentDigest.Parse(view.Method, view.Value, view.PartSize);
        digest.RequireFits(call.Request.Size);
        var record = await services.RequireOwnedAsync(call, cancellationToken);
        var now = services.Now();
        if (record.Item.At(now).Phase == ItemPhase.Pending)
        {
            await RequireStoredAsync(record, digest, call.Request.Size, cancellationToken);
            record =
                await services.Vault.TryCommitAsync(record, digest, call.Request.Size, now, cancellationToken)
                ?? await services.RequireOwnedAsync(call, cancellationToken);
        }

        return record.Item.At(now).Phase == ItemPhase.Stored && record.Digest == digest && record.Size == call.Request.Size
            ? VaultViews.Of(record, now)
            : throw VaultAccess.WrongState(record, now);
    }

    private async Task RequireStoredAsync(VaultRecord record, DocumentDigest digest, long size, CancellationToken cancellationToken)
    {
        if (size > record.Size)
        {
            throw VaultProblems.WrongDigest.With($"The item was announced with at most {record.Size} bytes.");
        }

        switch (await services.VaultBucket.IsStoredAsync(record, digest, size, cancellationToken))
        {
            case null:
                throw VaultProblems.NotStored.With("The item's object is not uploaded.");
            case false:
                throw VaultProblems.WrongDigest.With("What is uploaded has not this digest and size, or not parts of this size.");
            default:
                break;
        }
    }
}
