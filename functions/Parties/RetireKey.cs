using FairShare.Contracts.Http;
using FairShare.Contracts.Parties;
using FairShare.Core.Identifiers;
using FairShare.Exchange.KeyRecords;
using FairShare.Functions.Hosting;
using FairShare.Functions.Http;

namespace FairShare.Functions.Parties;

/// <summary>
/// Retires a key of the caller, a minute from now: from then on it signs nothing more, and what it signed before stays verifiable.
/// A key that the store holds signs nothing more at once, and KMS deletes it in 30 days. A repeat answers with the first time.
/// </summary>
/// <remarks>
/// Whoever accepts evidence takes the time first and reads the key then. Read before the first write landed: accepted before it landed, and
/// so before the retirement. Read after it: the reader sees the retirement. The second write confirms only what landed in time.
/// </remarks>
internal sealed class RetireKey(FunctionServices services) : IRouteHandler<KeyId, None, RetiredKey>
{
    /// <summary>How far ahead a retirement takes effect.</summary>
    private static readonly TimeSpan Delay = TimeSpan.FromSeconds(60);

    /// <summary>
    /// How much of the delay must be left when the first write has landed: what clocks of the store may differ by after the slowest of
    /// writes.
    /// </summary>
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(5);

    public async Task<Answer<RetiredKey>> HandleAsync(ApiCall<KeyId, None> call, CancellationToken cancellationToken)
    {
        await TryRetireAsync(call.Party, call.Subject, cancellationToken);
        var record =
            await services.Keys.FindAsync(call.Party, call.Subject, cancellationToken)
            ?? throw PartyProblems.KeyNotFound.With("You have no key of this id.");
        var retiredAt =
            record.Key.RetiredAt
            ?? throw CommonProblems.Busy.With("The retirement took too long to be recorded and does not count; repeat the request.");
        if (record.CmkId is { } cmkId)
        {
            await services.HeldKeys.ScheduleDeletionAsync(cmkId, cancellationToken);
        }

        await RecordAsync(call.Party, call.Subject, retiredAt, cancellationToken);
        return new RetiredKey(call.Subject.ToString(), retiredAt);
    }

    // After the confirmation, so that what is sealed is what holds. A repeat records what a crash in between has left out.
    private async Task RecordAsync(PartyId party, KeyId key, DateTimeOffset retiredAt, CancellationToken cancellationToken)
    {
        if (await services.Keys.HasRetirementAsync(party, key, cancellationToken))
        {
            return;
        }

        var retirement = new KeyRetirement
        {
            Id = EvidenceId.New(services.Randomness),
            Store = services.Store,
            Party = party,
            Key = key,
            RetiredAt = retiredAt,
            Gen = services.Time.GetUtcNow(),
        };
        var sealing = await services.Seal.SealAsync(retirement, cancellationToken);
        await services.Keys.RecordRetirementAsync(party, key, sealing.Text, cancellationToken);
    }

    private async Task TryRetireAsync(PartyId party, KeyId key, CancellationToken cancellationToken)
    {
        var from = Timestamp.Truncate(services.Time.GetUtcNow()) + Delay;
        var retirement = Nonce.New(services.Randomness);
        if (
            await services.Keys.TryBeginRetirementAsync(party, key, retirement, from, cancellationToken)
            && services.Time.GetUtcNow() < from - Margin
        )
        {
            await services.Keys.TryConfirmRetirementAsync(party, key, retirement, cancellationToken);
        }
    }
}
