using FairShare.Aws.Parties;
using FairShare.Contracts.Http;
using FairShare.Contracts.Parties;
using FairShare.Core.Errors;
using FairShare.Core.Identifiers;
using FairShare.Core.Keys;
using FairShare.Functions.Hosting;

namespace FairShare.Functions.Parties;

/// <summary>
/// Makes a key in KMS for a party: one at a time, at most five. The ARN is recorded as soon as KMS has told it; what needs the key's tags
/// is tried after that, and by every repeat until KMS lets it through.
/// </summary>
internal sealed class HeldKeyRegistrar(FunctionServices services, PartyLimits limits, KeyCertification certification)
{
    /// <summary>After so long a registration without a KMS key was given up: longer than any function runs.</summary>
    private static readonly TimeSpan GivenUp = TimeSpan.FromMinutes(5);

    /// <summary>Registers a key, or gives the one in use.</summary>
    /// <param name="party">For whom.</param>
    /// <param name="keys">The party's keys.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <exception cref="ProtocolException"><c>held-keys-off</c>, <c>too-many-held-keys</c>; <c>busy</c>, and a repeat goes on with the same
    /// key.</exception>
    public async Task<PartyKeyRecord> RegisterAsync(PartyId party, IReadOnlyList<PartyKeyRecord> keys, CancellationToken cancellationToken)
    {
        services.RequireHeldKeys();
        var now = Timestamp.Truncate(services.Time.GetUtcNow());
        if (FindInUse(keys, now) is { } inUse)
        {
            return inUse;
        }

        var registration = await BeginAsync(party, now, cancellationToken);
        // Another call may have finished between the caller's keys being read and the beginning; from here on none can.
        if (registration.CmkId is null && FindInUse(await services.Keys.ListAsync(party, cancellationToken), now) is { } finished)
        {
            await services.HeldKeyRegistrations.TryAbandonAsync(party, registration.Id, cancellationToken);
            return finished;
        }

        var cmkId = registration.CmkId ?? await CreateAsync(party, registration.Id, cancellationToken);
        var key =
            await services.Wait.UntilAsync(
                () => services.HeldKeys.FindPublicKeyAsync(cmkId, cancellationToken),
                found => found is not null,
                cancellationToken
            )
            ?? throw CommonProblems.Busy.With("KMS has made the key and does not let anybody use it yet; repeat the request in a minute.");
        var made = new PartyKeyRecord(new PartyKey(party, key.Thumbprint, key, KeyHolder.Kms, now, now + RegisterKey.Validity), cmkId);
        var record = await certification.CertifyAsync(made, null, cancellationToken);
        return await services.HeldKeyRegistrations.TryFinishAsync(record, registration.Id, cancellationToken)
            ? record
            : (await services.Keys.ListAsync(party, cancellationToken)).FirstOrDefault(known => known.Key.KeyId == key.Thumbprint)
                ?? throw UnderWay();
    }

    // A key of another call counts, also if its time begins a moment ahead of this call's clock.
    private static PartyKeyRecord? FindInUse(IReadOnlyList<PartyKeyRecord> keys, DateTimeOffset now) =>
        keys.LastOrDefault(record => record.Key.Holder == KeyHolder.Kms && record.RetiringAt is null && now < record.Key.NotAfter);

    private async Task<HeldKeyRegistration> BeginAsync(PartyId party, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await services.HeldKeyRegistrations.FindAsync(party, cancellationToken) is { CmkId: not null } made)
        {
            return made;
        }

        var fresh = new HeldKeyRegistration(Nonce.New(services.Randomness), null, now);
        if (await services.HeldKeyRegistrations.TryBeginAsync(party, fresh, cancellationToken))
        {
            return fresh;
        }

        return await services.HeldKeyRegistrations.FindAsync(party, cancellationToken) switch
        {
            null => throw PartyProblems.TooManyHeldKeys.With(
                $"The store holds {HeldKeyRegistrations.Limit} keys for you, retired ones included, and no more."
            ),
            { CmkId: not null } underWay => underWay,
            var begun
                when begun.BegunAt + GivenUp <= now
                    && await services.HeldKeyRegistrations.TryTakeOverAsync(party, begun.Id, fresh, cancellationToken) => fresh,
            _ => throw UnderWay(),
        };
    }

    private async Task<string> CreateAsync(PartyId party, Nonce registration, CancellationToken cancellationToken)
    {
        await limits.CountCallAsync(cancellationToken);
        var cmkId = await services.HeldKeys.CreateAsync(party, cancellationToken);
        return await services.HeldKeyRegistrations.TryRecordAsync(party, registration, cmkId, cancellationToken) ? cmkId : throw UnderWay();
    }

    private static ProblemException UnderWay() =>
        CommonProblems.Busy.With("Another registration of a held key is under way; repeat the request.");
}
