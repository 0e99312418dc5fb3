using FairShare.Backup.Records;
using FairShare.Backup.Refresh;
using FairShare.Client.Backup.Peers;
using FairShare.Client.Backup.Reading;
using FairShare.Contracts.Backup;

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
    /// <summary>
    /// What an earlier run has certified and not brought to all who prepared it; null where there is nothing of that kind.
    /// </summary>
    public RefreshProgress? Certified { get; init; }

    /// <summary>Is told what is certified before the first peer is, and null once every peer has it.</summary>
    public Action<RefreshProgress?> Note { get; init; } = _ => { };

    /// <summary>Refreshes the shares of a backup, or finishes the refresh that an earlier run has certified.</summary>
    /// <exception cref="BackupProblem"><see cref="BackupProblem.RefreshPostponed"/>: too few peers went along; the old shares are as good
    /// as before.</exception>
    public async Task<RefreshedBackup> RunAsync(BackupId backup, CancellationToken cancellationToken)
    {
        var shares = await ShareCollection.CollectAsync(session, backup, withKeys: false, cancellationToken).ConfigureAwait(false);
        var carrier = new RefreshCarrier(session, shares.Manifest);
        carrier.Failures.AddRange(shares.Failures);
        var epoch = (uint)shares.Epochs().First()[0].Answer.Epoch;
        if (Certified is { } known && WaitingIn(shares, known.Epoch) is { Count: > 0 } waiting)
        {
            var finished = await ApplyAsync(carrier, waiting, known, cancellationToken).ConfigureAwait(false);
            if (finished.Applied.Count > 0)
            {
                return finished;
            }

            // Another profile has given it up since, or who waits is a liar and will never have enough: the certificate stays noted until
            // there is another.
        }

        List<PeerConnection> going = [.. shares.Held.Where(one => one.Answer.Epoch == epoch).Select(one => one.Peer)];
        RequireQuorum(going.Count, carrier, shares.Manifest);
        var attempt = AttemptAt(shares, epoch);
        await CatchUpAsync(carrier, shares, going, epoch, attempt, cancellationToken).ConfigureAwait(false);
        var said = await carrier.DealAsync(going, epoch, attempt, cancellationToken).ConfigureAwait(false);
        var certificate = await carrier.PrepareAsync(going, said, cancellationToken).ConfigureAwait(false);
        if (!carrier.IsCertified(certificate))
        {
            var count = certificate.Prepared?.Count ?? 0;
            RequireQuorum(count < shares.Manifest.Parameters.Quorum ? count : 0, carrier, shares.Manifest);
        }

        return await ApplyAsync(carrier, going, certificate, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Gives up a refresh that was prepared and found no quorum.</summary>
    /// <returns>The peers that did.</returns>
    /// <exception cref="BackupProblem"><see cref="BackupProblem.RefreshCertified"/>: the next epoch has begun somewhere.</exception>
    public async Task<IReadOnlyList<KnownPeer>> AbortAsync(BackupId backup, CancellationToken cancellationToken)
    {
        var shares = await ShareCollection.CollectAsync(session, backup, withKeys: false, cancellationToken).ConfigureAwait(false);
        if ((Certified is { } known && MoreThanLiars(shares, WaitingIn(shares, known.Epoch).Count)) || HasBegun(shares))
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
                    var content = RefreshCarrier.GivingUp(epoch, AttemptAt(shares, epoch));
                    return peer.OrderAsync(PeerRoutes.AbortRefresh, backup, content, cancellationToken);
                }
            )
            .ConfigureAwait(false);
        return [.. outcomes.Where(one => one.Failure is null).Select(one => one.Peer.Peer)];
    }

    // An attempt that a liar alone names is none. One that fewer than f + 1 have heard of is begun again with the others; and nobody is
    // moved so far by what one peer says that there would soon be no more attempts.
    private static long AttemptAt(ShareCollection shares, long epoch)
    {
        var attempts = shares.Held.Where(one => one.Answer.Epoch == epoch).Select(one => one.Answer.Attempt).OrderDescending().ToList();
        var named = attempts[Math.Min(shares.Manifest.Parameters.Liars, attempts.Count - 1)];
        return Math.Clamp(named, 0, Math.Max(attempts[attempts.Count / 2], 0) + RefreshPeer.MostSkipped);
    }

    // Who was away when an attempt was given up is told now.
    private static async Task CatchUpAsync(
        RefreshCarrier carrier,
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
        going.RemoveAll(behind.Contains);
        await carrier.GiveUpAsync(behind, epoch, attempt - 1, cancellationToken).ConfigureAwait(false);
        going.AddRange(behind);
    }

    // As many peers as may lie say nothing of the epoch, if without as many of the others the old shares are still enough.
    private static bool HasBegun(ShareCollection shares)
    {
        var parameters = shares.Manifest.Parameters;
        var last = shares.Held.Max(one => one.Answer.Epoch);
        var before = shares.Held.Where(one => one.Answer.Epoch < last).ToList();
        var isDoubted = shares.Held.Count - before.Count <= parameters.Liars && before.Count - parameters.Liars >= parameters.Threshold;
        return !isDoubted && MoreThanLiars(shares, before.Count(one => one.Answer.HasPrepared));
    }

    // Whether of those that say that they wait for a certificate, or may wait while they are away, one at least does not lie.
    private static bool MoreThanLiars(ShareCollection shares, int waiting) =>
        waiting > 0 && waiting + shares.Manifest.Parameters.Total - shares.Held.Count > shares.Manifest.Parameters.Liars;

    // Who has prepared the end of an epoch, and not been told that it has ended.
    private static List<PeerConnection> WaitingIn(ShareCollection shares, long epoch) =>
        [.. shares.Held.Where(one => one.Answer.Epoch == epoch && one.Answer.HasPrepared).Select(one => one.Peer)];

    // A certificate that only this run knew would be lost with it, and those without it could neither go on nor go back.
    private async Task<RefreshedBackup> ApplyAsync(
        RefreshCarrier carrier,
        List<PeerConnection> going,
        RefreshProgress progress,
        CancellationToken cancellationToken
    )
    {
        Note(progress);
        var applied = await carrier.ApplyAsync(going, progress, cancellationToken).ConfigureAwait(false);
        // Who was away may have prepared too. A certificate that is kept for nobody does no harm.
        if (carrier.Failures.Count == 0)
        {
            Note(null);
        }

        return new RefreshedBackup(
            (uint)progress.Epoch + 1,
            [.. applied.Select(one => (one.Peer.Peer, one.Answer))],
            progress.Prepared?.Count ?? 0,
            [.. carrier.In(progress.Epoch).Accusations(progress.Accusations ?? []).Select(one => one.Dealer).Distinct()],
            carrier.Failures
        );
    }

    private static void RequireQuorum(int count, RefreshCarrier carrier, BackupManifest manifest)
    {
        if (count < manifest.Parameters.Quorum)
        {
            var why = carrier.Failures is [.., var last] ? $" {last.Peer.Name}: {last.Failure.Detail} ({last.Failure.Code})" : "";
            throw new BackupProblem(
                BackupProblem.RefreshPostponed,
                $"{manifest.Parameters.Quorum} of {manifest.Parameters.Total} peers must go along, and {count} did; "
                    + $"the old shares stay good.{why}"
            );
        }
    }
}
