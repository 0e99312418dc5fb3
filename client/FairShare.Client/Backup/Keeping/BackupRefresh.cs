using FairShare.Backup.Records;
using FairShare.Backup.Refresh;
using FairShare.Client.Backup.Peers;
using FairShare.Client.Backup.Reading;
using FairShare.Contracts.Backup;
using FairShare.Contracts.Http;
using FairShare.Core.Keys;

namespace FairShare.Client.Backup.Keeping;

/// <summary>What came of a refresh.</summary>
/// <param name="Epoch">The epoch that has begun.</param>
/// <param name="Applied">The peers that hold its shares.</param>
/// <param name="Prepared">How many had prepared it.</param>
/// <param name="Accused">The dealers that were accused, by index.</param>
/// <param name="Failures">The peers that failed, each at its first step.</param>
public sealed record RefreshedBackup(
    uint Epoch,
    IReadOnlyList<(KnownPeer Peer, BackupRecord Record)> Applied,
    int Prepared,
    IReadOnlyList<int> Accused,
    IReadOnlyList<(KnownPeer Peer, PeerFailure Failure)> Failures
);

/// <summary>Gives all peers new shares of the same secret. Whoever runs it carries messages, and learns nothing from them.</summary>
/// <param name="session">Owner and peers.</param>
public sealed class BackupRefresh(BackupSession session)
{
    private readonly List<(KnownPeer Peer, PeerFailure Failure)> failures = [];

    /// <summary>
    /// What an earlier run has certified and not brought to all who prepared it; null where there is nothing of that kind.
    /// </summary>
    public RefreshProgress? Certified { get; init; }

    /// <summary>Is told what is certified before the first peer is, and null once all peers that took part have it.</summary>
    public Action<RefreshProgress?> Note { get; init; } = _ => { };

    /// <summary>Refreshes the shares of a backup, or finishes the refresh that an earlier run has certified.</summary>
    /// <exception cref="BackupProblem"><see cref="BackupProblem.RefreshPostponed"/>: too few peers went along; the old shares are as good
    /// as before.</exception>
    public async Task<RefreshedBackup> RunAsync(BackupId backup, CancellationToken cancellationToken)
    {
        var shares = await ShareCollection.CollectAsync(session, backup, withKeys: false, cancellationToken).ConfigureAwait(false);
        var manifest = shares.Manifest;
        failures.AddRange(shares.Failures);
        var epoch = (uint)shares.Epochs().First()[0].Answer.Epoch;
        if (Certified is { } known && WaitingIn(shares, known.Epoch) is { Count: > 0 } waiting)
        {
            var finished = await ApplyAsync(manifest, waiting, known, cancellationToken).ConfigureAwait(false);
            if (finished.Applied.Count > 0 || failures.TrueForAll(one => one.Failure.Code != RefreshRefusal.GivenUp))
            {
                return finished;
            }

            // Another profile has given it up since, or a liar says so: the certificate stays noted until there is another.
        }

        List<PeerConnection> going = [.. shares.Held.Where(one => one.Answer.Epoch == epoch).Select(one => one.Peer)];
        RequireQuorum(going.Count, manifest);
        var attempt = AttemptAt(shares, epoch);
        await CatchUpAsync(shares, going, epoch, attempt, cancellationToken).ConfigureAwait(false);
        var (progress, said) = await DealAsync(manifest, epoch, attempt, going, cancellationToken).ConfigureAwait(false);
        var prepared = await AskAsync(going, PeerRoutes.PrepareRefresh, backup, progress, cancellationToken).ConfigureAwait(false);
        List<string> certificate = [.. prepared.Select(one => one.Answer.Record)];
        RequireCertified(said, certificate, progress, manifest);
        return await ApplyAsync(manifest, going, progress with { Prepared = certificate }, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Gives up a refresh that was prepared and found no quorum.</summary>
    /// <returns>The peers that did.</returns>
    /// <exception cref="BackupProblem"><see cref="BackupProblem.RefreshCertified"/>: the next epoch has begun somewhere.</exception>
    public async Task<IReadOnlyList<KnownPeer>> AbortAsync(BackupId backup, CancellationToken cancellationToken)
    {
        var shares = await ShareCollection.CollectAsync(session, backup, withKeys: false, cancellationToken).ConfigureAwait(false);
        if ((Certified is { } known && WaitingIn(shares, known.Epoch).Count > 0) || HasBegun(shares))
        {
            throw new BackupProblem(
                BackupProblem.RefreshCertified,
                "Enough peers have prepared this refresh, and some may have erased their old shares; run it again, and it is finished."
            );
        }

        var outcomes = await PeerGroup
            .AskAsync(
                shares.Held.Select(one => one.Peer),
                peer =>
                {
                    var epoch = shares.Held.First(one => one.Peer == peer).Answer.Epoch;
                    return peer.OrderAsync(PeerRoutes.AbortRefresh, backup, GivingUp(epoch, AttemptAt(shares, epoch)), cancellationToken);
                }
            )
            .ConfigureAwait(false);
        return [.. outcomes.Where(one => one.Failure is null).Select(one => one.Peer.Peer)];
    }

    private static RefreshProgress GivingUp(long epoch, long attempt) => new(epoch, [], Attempt: attempt);

    // An attempt that a liar alone names is none. One that fewer than f + 1 have heard of is begun again with the others.
    private static long AttemptAt(ShareCollection shares, long epoch)
    {
        var attempts = shares.Held.Where(one => one.Answer.Epoch == epoch).Select(one => one.Answer.Attempt).OrderDescending().ToList();
        return attempts[Math.Min(shares.Manifest.Parameters.Liars, attempts.Count - 1)];
    }

    // Who was away when an attempt was given up is told now.
    private async Task CatchUpAsync(
        ShareCollection shares,
        List<PeerConnection> going,
        long epoch,
        long attempt,
        CancellationToken cancellationToken
    )
    {
        List<PeerConnection> behind =
        [
            .. shares.Held.Where(one => one.Answer.Attempt < attempt).Select(one => one.Peer).Where(going.Contains),
        ];
        foreach (var peer in behind)
        {
            going.Remove(peer);
        }

        await AskAsync(behind, PeerRoutes.AbortRefresh, shares.Manifest.Backup, GivingUp(epoch, attempt - 1), cancellationToken)
            .ConfigureAwait(false);
        going.AddRange(behind);
    }

    // As many peers as may lie say nothing of the epoch, if without as many of the others the old shares are still enough.
    private static bool HasBegun(ShareCollection shares)
    {
        var parameters = shares.Manifest.Parameters;
        var last = shares.Held.Max(one => one.Answer.Epoch);
        var before = shares.Held.Where(one => one.Answer.Epoch < last).ToList();
        var isDoubted = shares.Held.Count - before.Count <= parameters.Liars && before.Count - parameters.Liars >= parameters.Threshold;
        return !isDoubted && before.Exists(one => one.Answer.HasPrepared);
    }

    // Who has prepared the end of an epoch, and not been told that it has ended.
    private static List<PeerConnection> WaitingIn(ShareCollection shares, long epoch) =>
        [.. shares.Held.Where(one => one.Answer.Epoch == epoch && one.Answer.HasPrepared).Select(one => one.Peer)];

    // A certificate that only this run knew would be lost with it, and those without it could neither go on nor go back.
    private async Task<RefreshedBackup> ApplyAsync(
        BackupManifest manifest,
        List<PeerConnection> going,
        RefreshProgress progress,
        CancellationToken cancellationToken
    )
    {
        Note(progress);
        var (count, backup) = (going.Count, manifest.Backup);
        var applied = await AskAsync(going, PeerRoutes.ApplyRefresh, backup, progress, cancellationToken).ConfigureAwait(false);
        if (applied.Count == count)
        {
            Note(null);
        }

        var said = new SignedRefresh(backup, (uint)progress.Epoch, SealsOf(manifest));
        return new RefreshedBackup(
            (uint)progress.Epoch + 1,
            [.. applied.Select(one => (one.Peer.Peer, one.Peer.Read(one.Answer.Record, RecordKind.RefreshApplied, backup)))],
            progress.Prepared?.Count ?? 0,
            [.. said.Accusations(progress.Accusations ?? []).Select(one => one.Dealer).Distinct()],
            failures
        );
    }

    private List<PublicKey?> SealsOf(BackupManifest manifest) => [.. manifest.Peers.Select(kid => session.Peers.Find(kid)?.Peer.Seal)];

    private async Task<(RefreshProgress Progress, SignedRefresh Said)> DealAsync(
        BackupManifest manifest,
        uint epoch,
        long attempt,
        List<PeerConnection> going,
        CancellationToken cancellationToken
    )
    {
        var keys = SealsOf(manifest);
        var said = new SignedRefresh(manifest.Backup, epoch, keys);
        var progress = new RefreshProgress(epoch, [.. keys.Select(key => key?.ToJwk() ?? "")], Attempt: attempt);
        var offered = await AskAsync(going, PeerRoutes.OfferKey, manifest.Backup, progress, cancellationToken).ConfigureAwait(false);
        progress = progress with { Keys = [.. offered.Select(one => one.Answer.Record)] };
        var deals = await AskAsync(going, PeerRoutes.DealRefresh, manifest.Backup, progress, cancellationToken).ConfigureAwait(false);
        progress = progress with { Deals = [.. deals.Select(one => one.Answer.Record)] };
        var accusations = await AskAsync(going, PeerRoutes.JudgeDeals, manifest.Backup, progress, cancellationToken).ConfigureAwait(false);
        progress = progress with { Accusations = [.. accusations.SelectMany(one => one.Answer.Records)] };
        if (progress.Accusations is { Count: > 0 })
        {
            var openings = await AskAsync(going, PeerRoutes.OpenDeals, manifest.Backup, progress, cancellationToken).ConfigureAwait(false);
            progress = progress with { Openings = [.. openings.SelectMany(one => one.Answer.Records)] };
        }

        return (progress, said);
    }

    private async Task<IReadOnlyList<(PeerConnection Peer, TAnswer Answer)>> AskAsync<TAnswer>(
        List<PeerConnection> going,
        Route<BackupId, PeerOrder, TAnswer> route,
        BackupId backup,
        RefreshProgress progress,
        CancellationToken cancellationToken
    )
    {
        var outcomes = await PeerGroup
            .AskAsync(going, peer => peer.OrderAsync(route, backup, progress, cancellationToken))
            .ConfigureAwait(false);
        foreach (var one in outcomes.Where(one => one.Failure is not null))
        {
            failures.Add((one.Peer.Peer, one.Failure!));
            going.Remove(one.Peer);
        }

        return [.. outcomes.Where(one => one.Failure is null).Select(one => (one.Peer, one.Value!))];
    }

    private void RequireCertified(SignedRefresh said, List<string> certificate, RefreshProgress progress, BackupManifest manifest)
    {
        var transcript = RefreshTranscript.Of(
            said.Keys(progress.Keys ?? []),
            said.Deals(progress.Deals ?? []),
            said.Accusations(progress.Accusations ?? []),
            said.Openings(progress.Openings ?? [])
        );
        var context = new RefreshContext(manifest.Backup.ToBytes(), (uint)progress.Epoch, (uint)progress.Attempt);
        if (!new RefreshCertificate(said.Prepared(certificate)).Certifies(transcript, context, manifest.Parameters))
        {
            RequireQuorum(certificate.Count < manifest.Parameters.Quorum ? certificate.Count : 0, manifest);
        }
    }

    private void RequireQuorum(int count, BackupManifest manifest)
    {
        if (count < manifest.Parameters.Quorum)
        {
            var why = failures.Count > 0 ? $" {failures[^1].Peer.Name}: {failures[^1].Failure.Detail} ({failures[^1].Failure.Code})" : "";
            throw new BackupProblem(
                BackupProblem.RefreshPostponed,
                $"{manifest.Parameters.Quorum} of {manifest.Parameters.Total} peers must go along, and {count} did; "
                    + $"the old shares stay good.{why}"
            );
        }
    }
}
