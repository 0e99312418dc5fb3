using FairShare.Aws.Backup;
using FairShare.Backup.Records;
using FairShare.Backup.Refresh;
using FairShare.Contracts.Backup;
using FairShare.Contracts.Http;
using FairShare.Core.Identifiers;
using FairShare.Functions.Hosting;

namespace FairShare.Functions.Peer;

/// <summary>One step of a refresh at this peer: what it keeps, what was said so far, and the rules.</summary>
internal sealed class RefreshStep
{
    private readonly FunctionServices services;
    private readonly SignedRefresh said;
    private readonly RefreshProgress progress;

    private RefreshStep(FunctionServices services, StoredBackup stored, PeerShares shares, RefreshProgress progress)
    {
        (this.services, Stored, Shares, this.progress) = (services, stored, shares, progress);
        var manifest = stored.Manifest;
        Rules = new RefreshPeer(stored.Index, manifest.Parameters, manifest.Backup.ToBytes(), AttemptOf(progress));
        said = new SignedRefresh(manifest.Backup, (uint)progress.Epoch, PeerSeals.Of(manifest, progress.Peers));
    }

    public StoredBackup Stored { get; }

    public PeerShares Shares { get; }

    public RefreshPeer Rules { get; }

    public IReadOnlyList<EphemeralKey> Keys => said.Keys(progress.Keys ?? []);

    /// <summary>One deal a dealer: who carries messages must not have a peer sign without end.</summary>
    public IReadOnlyList<RefreshDeal> Deals => [.. said.Deals(progress.Deals ?? []).DistinctBy(deal => deal.Dealer)];

    /// <summary>What was accused, each once.</summary>
    public IReadOnlyList<Accusation> Accusations => [.. said.Accusations(progress.Accusations ?? []).Distinct()];

    public RefreshTranscript Transcript => RefreshTranscript.Of(Keys, Deals, Accusations, said.Openings(progress.Openings ?? []));

    public RefreshCertificate Certificate => new(said.Prepared(progress.Prepared ?? []));

    /// <summary>Begins a step.</summary>
    /// <param name="services">The peer's parts.</param>
    /// <param name="order">The order.</param>
    /// <param name="withKey">Whether the step opens what was sealed for this peer.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <exception cref="ProblemException"><c>wrong-epoch</c>: the peer's share is of another one.</exception>
    public static async Task<RefreshStep> BeginAsync(
        FunctionServices services,
        FollowedOrder<RefreshProgress> order,
        bool withKey,
        CancellationToken cancellationToken
    )
    {
        var stored = order.RequireStored();
        if (stored.Index == 0 || stored.Shares.Epoch != order.Content.Epoch)
        {
            throw PeerProblems.WrongEpoch.With($"The peer's share is of epoch {stored.Shares.Epoch}.");
        }

        var shares = await services.UnwrapAsync(stored, cancellationToken);
        var key = withKey ? await services.UnwrapKeyAsync(stored.Kept, cancellationToken) : null;
        return new RefreshStep(services, stored, shares with { Key = key }, order.Content);
    }

    // An attempt that is no number of one is a refresh that nobody takes part in.
    private static uint AttemptOf(RefreshProgress progress) =>
        progress.Attempt is >= 0 and < uint.MaxValue
            ? (uint)progress.Attempt
            : throw (PeerProblems.RefreshRefused with { Code = "refresh-other-attempt" }).With("There is no such attempt.");

    /// <summary>Keeps what a step leaves; said is only what was kept before.</summary>
    public async Task KeepAsync(PeerShares next, Func<KeptShares, KeptShares>? change, CancellationToken cancellationToken)
    {
        var wrapped = await services.WrapAsync(Stored.Kept.Id, next, Stored.Shares, cancellationToken);
        await services.SaveAsync(Stored.Kept, Stored.Kept with { Shares = change?.Invoke(wrapped) ?? wrapped }, cancellationToken);
    }

    /// <summary>Signs what the peer says.</summary>
    public async Task<string> SignAsync(
        RecordKind kind,
        Func<BackupId, uint, DateTimeOffset, RecordMembers> write,
        CancellationToken cancellationToken
    )
    {
        var members = write(Stored.Kept.Id, (uint)progress.Epoch, Timestamp.Truncate(services.Time.GetUtcNow()));
        return (await services.Peer.Seal.SignAsync(kind, members, cancellationToken)).Text;
    }

    /// <summary>Takes a step that the rules may refuse.</summary>
    /// <exception cref="ProblemException">A refusal, under its own code.</exception>
    public static T Take<T>(Func<T> step)
    {
        try
        {
            return step();
        }
        catch (RefreshRefusal refusal)
        {
            throw (PeerProblems.RefreshRefused with { Code = refusal.Code }).With(refusal.Message);
        }
    }
}
