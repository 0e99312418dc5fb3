using System.Security.Cryptography;
using FairShare.Aws.Vault;
using FairShare.Contracts.Http;
using FairShare.Contracts.Vault;
using FairShare.Core.Identifiers;
using FairShare.Functions.Hosting;
using FairShare.Functions.Http;
using FairShare.Vault.Derivation;
using FairShare.Vault.Tokens;

namespace FairShare.Functions.Vault;

/// <summary>Who may do what with an item.</summary>
internal static class VaultAccess
{
    /// <summary>The time, as the table writes it.</summary>
    public static DateTimeOffset Now(this FunctionServices services) => Timestamp.Truncate(services.Time.GetUtcNow());

    /// <summary>The item of the call, for who has its owner's secret; an erased one too, while its tombstone stands.</summary>
    /// <exception cref="Core.Errors.ProtocolException"><c>invalid-vault-owner</c>; <c>vault-item-not-found</c>: to everybody else there is
    /// none.</exception>
    public static async Task<VaultRecord> RequireOwnedAsync<TRequest>(
        this FunctionServices services,
        ApiCall<VaultItemId, TRequest> call,
        CancellationToken cancellationToken
    )
    {
        var owner = VaultOwner.Parse(call.Header(VaultRoutes.OwnerHeader) ?? "");
        return await services.Vault.FindAsync(call.Subject, cancellationToken) is { } record && record.IsOwnedBy(owner)
            ? record
            : throw NotFound();
    }

    /// <summary>Whether it is the secret of the item's owner; takes the same time for every other one.</summary>
    public static bool IsOwnedBy(this VaultRecord record, VaultOwner owner) =>
        CryptographicOperations.FixedTimeEquals(record.OwnerTag.ToBytes(), owner.Tag.ToBytes());

    /// <summary>What is answered about an item that is not there for the caller, whatever the reason.</summary>
    public static ProblemException NotFound() => VaultProblems.ItemNotFound.With("There is no such item.");

    /// <summary>What is answered to a call that comes too late or too early.</summary>
    public static ProblemException WrongState(VaultRecord record, DateTimeOffset now) =>
        VaultProblems.WrongState.With($"The item is {record.Item.At(now).Phase}.");
}
