using Amazon.DynamoDBv2.Model;
using FairShare.Aws.Table;
using FairShare.Core.Identifiers;

namespace FairShare.Aws.Parties;

/// <summary>A registration of a held key that has begun.</summary>
/// <param name="Id">Which one.</param>
/// <param name="CmkId">The KMS key's ARN, once it is made.</param>
/// <param name="BegunAt">When.</param>
public sealed record HeldKeyRegistration(Nonce Id, string? CmkId, DateTimeOffset BegunAt);

/// <summary>
/// How many keys the store holds for a party, and the one that is being made: one item per party, changed under conditions only. The KMS
/// key is recorded as soon as it is made, so that whatever comes in between, a repeat goes on with the same key.
/// </summary>
/// <param name="table">The table.</param>
public sealed class HeldKeyRegistrations(ItemTable table)
{
    /// <summary>How many keys the store holds for one party, retired ones included.</summary>
    public const int Limit = 5;

    /// <summary>Begins a registration.</summary>
    /// <returns>False when another is under way, or the party has as many keys as it may.</returns>
    public Task<bool> TryBeginAsync(PartyId party, HeldKeyRegistration registration, CancellationToken cancellationToken) =>
        ChangeAsync(
            party,
            "SET registration = :id, begunAt = :at ADD held :one",
            "attribute_not_exists(registration) AND (attribute_not_exists(held) OR held < :limit)",
            new()
            {
                [":id"] = new AttributeValue(registration.Id.ToString()),
                [":at"] = new AttributeValue(Timestamp.Format(registration.BegunAt)),
                [":one"] = new AttributeValue { N = "1" },
                [":limit"] = new AttributeValue { N = $"{Limit}" },
            },
            cancellationToken
        );

    /// <summary>Finds the registration that is under way.</summary>
    /// <returns>The registration, or null.</returns>
    public async Task<HeldKeyRegistration?> FindAsync(PartyId party, CancellationToken cancellationToken) =>
        await table.GetAsync(PartyItemKeys.HeldKeys(party), cancellationToken) is { } item && item.OptionalText("registration") is { } id
            ? new HeldKeyRegistration(Nonce.Parse(id), item.OptionalText("cmkId"), item.Time("begunAt"))
            : null;

    /// <summary>Puts a new registration in the place of one that was given up before its KMS key was recorded.</summary>
    /// <returns>False when that one is over, or has its key.</returns>
    public Task<bool> TryTakeOverAsync(
        PartyId party,
        Nonce abandoned,
        HeldKeyRegistration registration,
        CancellationToken cancellationToken
    ) =>
        ChangeAsync(
            party,
            "SET registration = :id, begunAt = :at",
            "registration = :abandoned AND attribute_not_exists(cmkId)",
            new()
            {
                [":id"] = new AttributeValue(registration.Id.ToString()),
                [":at"] = new AttributeValue(Timestamp.Format(registration.BegunAt)),
                [":abandoned"] = new AttributeValue(abandoned.ToString()),
            },
            cancellationToken
        );

    /// <summary>Gives up a registration for which no KMS key was made.</summary>
    /// <returns>False when it is over, another's, or has its key.</returns>
    public Task<bool> TryAbandonAsync(PartyId party, Nonce registration, CancellationToken cancellationToken) =>
        ChangeAsync(
            party,
            "SET held = held - :one REMOVE registration, begunAt",
            "registration = :id AND attribute_not_exists(cmkId)",
            new()
            {
                [":one"] = new AttributeValue { N = "1" },
                [":id"] = new AttributeValue(registration.ToString()),
            },
            cancellationToken
        );

    /// <summary>Records the KMS key that was made.</summary>
    /// <returns>False when the registration is over, or another's.</returns>
    public Task<bool> TryRecordAsync(PartyId party, Nonce registration, string cmkId, CancellationToken cancellationToken) =>
        ChangeAsync(
            party,
            "SET cmkId = :cmkId",
            "registration = :id AND attribute_not_exists(cmkId)",
            new() { [":cmkId"] = new AttributeValue(cmkId), [":id"] = new AttributeValue(registration.ToString()) },
            cancellationToken
        );

    /// <summary>Registers the key as its party's and nobody else's, and ends the registration, all or nothing.</summary>
    /// <returns>False when a repeat was faster; then nothing has changed.</returns>
    public Task<bool> TryFinishAsync(PartyKeyRecord key, Nonce registration, CancellationToken cancellationToken) =>
        table.TryTransactAsync(
            [
                .. PartyKeyRepository.Creation(key),
                new TableWrite.Change(
                    PartyItemKeys.HeldKeys(key.Key.Owner),
                    "REMOVE registration, cmkId, begunAt",
                    "registration = :id",
                    new() { [":id"] = new AttributeValue(registration.ToString()) }
                ),
            ],
            cancellationToken
        );

    private Task<bool> ChangeAsync(
        PartyId party,
        string update,
        string condition,
        Dictionary<string, AttributeValue> values,
        CancellationToken cancellationToken
    ) => table.TryTransactAsync([new TableWrite.Change(PartyItemKeys.HeldKeys(party), update, condition, values)], cancellationToken);
}
