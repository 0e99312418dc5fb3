using FairShare.Backup.Records;
using FairShare.Backup.Refresh;
using FairShare.Client.Backup.Peers;
using FairShare.Contracts.Backup;
using FairShare.Contracts.Http;
using FairShare.Core.Keys;

namespace FairShare.Client.Backup.Keeping;

/// <summary>
/// Carries to the peers of a refresh what each of them has signed for the others, and nothing else that they answer. A peer that fails at a
/// step takes no further one.
/// </summary>
/// <param name="session">Owner and peers.</param>
/// <param name="manifest">The manifest that stands.</param>
internal sealed class RefreshCarrier(BackupSession session, BackupManifest manifest)
{
    private readonly List<PublicKey?> seals = [.. manifest.Peers.Select(kid => session.Peers.Find(kid)?.Peer.Seal)];

    /// <summary>The peers that failed, each at its first step.</summary>
    public List<(KnownPeer Peer, PeerFailure Failure)> Failures { get; } = [];

    /// <summary>What peers have signed in an epoch.</summary>
    public SignedRefresh In(long epoch) => new(manifest.Backup, (uint)epoch, seals);

    /// <summary>Tells peers to go on to the attempt that follows another.</summary>
    public Task GiveUpAsync(List<PeerConnection> peers, long epoch, long attempt, CancellationToken cancellationToken) =>
        AskAsync(peers, peer => peer.OrderAsync(PeerRoutes.AbortRefresh, manifest.Backup, GivingUp(epoch, attempt), cancellationToken));

    /// <summary>What is said in an order to give an attempt up.</summary>
    public static RefreshProgress GivingUp(long epoch, long attempt) => new(epoch, [], Attempt: attempt);

    /// <summary>The first steps: keys, deals, accusations and openings.</summary>
    public async Task<RefreshProgress> DealAsync(List<PeerConnection> going, long epoch, long attempt, CancellationToken cancellationToken)
    {
        var said = new RefreshProgress(epoch, [.. seals.Select(key => key?.ToJwk() ?? "")], Attempt: attempt);
        said = said with
        {
            Keys = await SayAsync(going, PeerRoutes.OfferKey, RecordKind.EphemeralKey, said, cancellationToken).ConfigureAwait(false),
        };
        said = said with
        {
            Deals = await SayAsync(going, PeerRoutes.DealRefresh, RecordKind.RefreshDeal, said, cancellationToken).ConfigureAwait(false),
        };
        said = said with
        {
            Accusations = await SayAsync(going, PeerRoutes.JudgeDeals, RecordKind.Accusation, said, cancellationToken)
                .ConfigureAwait(false),
        };
        return said.Accusations is { Count: > 0 }
            ? said with
            {
                Openings = await SayAsync(going, PeerRoutes.OpenDeals, RecordKind.DealOpening, said, cancellationToken)
                    .ConfigureAwait(false),
            }
            : said;
    }

    /// <summary>Has the peers prepare their new shares.</summary>
    public async Task<RefreshProgress> PrepareAsync(
        List<PeerConnection> going,
        RefreshProgress said,
        CancellationToken cancellationToken
    ) =>
        said with
        {
            Prepared = await SayAsync(going, PeerRoutes.PrepareRefresh, RecordKind.RefreshPrepared, said, cancellationToken)
                .ConfigureAwait(false),
        };

    /// <summary>Shows the certificate to the peers.</summary>
    /// <returns>Those that have begun the next epoch, and what they have signed.</returns>
    public Task<IReadOnlyList<(PeerConnection Peer, BackupRecord Answer)>> ApplyAsync(
        List<PeerConnection> going,
        RefreshProgress certified,
        CancellationToken cancellationToken
    ) =>
        AskAsync(
            going,
            async peer =>
            {
                var answer = await peer.OrderAsync(PeerRoutes.ApplyRefresh, manifest.Backup, certified, cancellationToken)
                    .ConfigureAwait(false);
                var record = peer.Read(answer.Record, RecordKind.RefreshApplied, manifest.Backup);
                return record.Members.Number("epoch") == certified.Epoch + 1 ? record : throw peer.BadAnswer("another epoch");
            }
        );

    /// <summary>Whether enough peers have prepared what was said.</summary>
    public bool IsCertified(RefreshProgress progress)
    {
        var said = In(progress.Epoch);
        var transcript = RefreshTranscript.Of(
            said.Keys(progress.Keys ?? []),
            said.Deals(progress.Deals ?? []),
            said.Accusations(progress.Accusations ?? []),
            said.Openings(progress.Openings ?? [])
        );
        var context = new RefreshContext(manifest.Backup.ToBytes(), (uint)progress.Epoch, (uint)progress.Attempt);
        return new RefreshCertificate(said.Prepared(progress.Prepared ?? [])).Certifies(transcript, context, manifest.Parameters);
    }

    private Task<IReadOnlyList<string>> SayAsync(
        List<PeerConnection> going,
        Route<BackupId, PeerOrder, RecordAnswer> route,
        RecordKind kind,
        RefreshProgress said,
        CancellationToken cancellationToken
    ) => SayAsync(going, route, kind, said, answer => [answer.Record], cancellationToken);

    private Task<IReadOnlyList<string>> SayAsync(
        List<PeerConnection> going,
        Route<BackupId, PeerOrder, RecordsAnswer> route,
        RecordKind kind,
        RefreshProgress said,
        CancellationToken cancellationToken
    ) => SayAsync(going, route, kind, said, answer => answer.Records, cancellationToken);

    private async Task<IReadOnlyList<string>> SayAsync<TAnswer>(
        List<PeerConnection> going,
        Route<BackupId, PeerOrder, TAnswer> route,
        RecordKind kind,
        RefreshProgress said,
        Func<TAnswer, IReadOnlyList<string>> recordsOf,
        CancellationToken cancellationToken
    )
    {
        var answers = await AskAsync(going, peer => peer.OrderAsync(route, manifest.Backup, said, cancellationToken)).ConfigureAwait(false);
        var signed = In(said.Epoch);
        return [.. answers.SelectMany(one => signed.SaidBy(manifest.IndexOf(one.Peer.Peer.Kid), kind, recordsOf(one.Answer)))];
    }

    private async Task<IReadOnlyList<(PeerConnection Peer, T Answer)>> AskAsync<T>(
        List<PeerConnection> going,
        Func<PeerConnection, Task<T>> ask
    )
    {
        var outcomes = await PeerGroup.AskAsync(going, ask).ConfigureAwait(false);
        foreach (var one in outcomes.Where(one => one.Failure is not null))
        {
            Failures.Add((one.Peer.Peer, one.Failure!));
            going.Remove(one.Peer);
        }

        return [.. outcomes.Where(one => one.Failure is null).Select(one => (one.Peer, one.Value!))];
    }
}
