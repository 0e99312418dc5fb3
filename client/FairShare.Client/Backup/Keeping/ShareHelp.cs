using FairShare.Backup.Records;
using FairShare.Client.Backup.Peers;
using FairShare.Client.Backup.Reading;
using FairShare.Client.Http;
using FairShare.Contracts.Backup;

namespace FairShare.Client.Backup.Keeping;

/// <summary>What m helpers gave for a peer; nobody but that peer can read it.</summary>
/// <param name="Request">What the helpers were asked.</param>
/// <param name="Commitments">The commitments of its epoch.</param>
/// <param name="Masked">What each gave, a MaskedShare.</param>
internal sealed record HelpedShare(HelpRequest Request, byte[] Commitments, IReadOnlyList<string> Masked);

/// <summary>Asks m peers to give another its key share. Whoever runs it carries what they have signed and sealed.</summary>
internal sealed class ShareHelp(ShareCollection shares)
{
    /// <summary>
    /// How many choices of helpers are tried: who of them has masked something else than its share is not seen from outside, only that
    /// what came out is no share.
    /// </summary>
    private const int MostChoices = 100;

    private readonly Dictionary<PeerConnection, PeerFailure> failures = [];

    /// <summary>Asks for the share of a peer, and gives it to it; with other helpers where it is refused.</summary>
    /// <param name="manifest">The manifest that stands.</param>
    /// <param name="helped">The peer that has lost its share.</param>
    /// <param name="give">Gives it to the peer.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="BackupProblem"><see cref="BackupProblem.TooFewShares"/>: fewer than m others have theirs and help.</exception>
    public async Task<T> AskAsync<T>(
        BackupManifest manifest,
        PeerConnection helped,
        Func<HelpedShare, Task<T>> give,
        CancellationToken cancellationToken
    )
    {
        var (epoch, lost) = (shares.Epochs().First(), manifest.IndexOf(helped.Peer.Kid));
        var helpers = epoch
            .Where(one => one.Share is { } share && one.Commitments.Hold(share))
            .Select(one => (one.Peer, Index: manifest.IndexOf(one.Peer.Peer.Kid)))
            .Where(one => one.Index > 0 && one.Index != lost)
            .ToList();
        FairShareProblem? refusal = null;
        foreach (var chosen in Choices(helpers, manifest.Parameters.Threshold).Take(MostChoices))
        {
            if (chosen.Exists(one => failures.ContainsKey(one.Peer)))
            {
                continue;
            }

            var request = new HelpRequest(lost, epoch[0].Answer.Epoch, [.. chosen.Select(one => one.Index)], [], []);
            var given = await MaskAsync(manifest, request, helped, chosen.ConvertAll(one => one.Peer), cancellationToken)
                .ConfigureAwait(false);
            if (given is var (asked, masked))
            {
                try
                {
                    return await give(new HelpedShare(asked, epoch[0].Commitments.ToBytes(), masked)).ConfigureAwait(false);
                }
                catch (FairShareProblem problem) when (problem.Code == BadShare)
                {
                    refusal = problem;
                }
            }
        }

        throw TooFew(manifest, helpers.Count, refusal);
    }

    private static string BadShare => PeerProblems.BadShare.Code;

    private BackupProblem TooFew(BackupManifest manifest, int helpers, FairShareProblem? refusal) =>
        new(
            BackupProblem.TooFewShares,
            $"{manifest.Parameters.Threshold} peers must help, and {helpers - failures.Count} have a good key share and help."
                + string.Concat(failures.Select(one => $" {one.Key.Peer.Name}: {one.Value.Detail} ({one.Value.Code})"))
                + (refusal is null ? "" : $" One of them sends something else than its share: {refusal.Detail}")
        );

    // What each helper's share is, masked by all; null where a helper failed, which is remembered.
    private async Task<(HelpRequest Request, IReadOnlyList<string> Masked)?> MaskAsync(
        BackupManifest manifest,
        HelpRequest request,
        PeerConnection helped,
        List<PeerConnection> helpers,
        CancellationToken cancellationToken
    )
    {
        var keys = await OfferAsync(manifest, request.Epoch, helped, helpers, cancellationToken).ConfigureAwait(false);
        if (keys is null)
        {
            return null;
        }

        request = request with
        {
            Keys = keys,
            Peers = [.. manifest.Peers.Select(kid => helpers.Append(helped).FirstOrDefault(one => one.Peer.Kid == kid)?.Peer.Key ?? "")],
        };
        var dealt = await AskAsync(manifest, helpers, request, RecordKind.ShareMasks, cancellationToken).ConfigureAwait(false);
        return
            dealt is not null
            && await AskAsync(manifest, helpers, request with { Masks = dealt }, RecordKind.MaskedShare, cancellationToken)
                .ConfigureAwait(false)
                is { } masked
            ? (request, masked)
            : null;
    }

    // The keys of all who take part; null where a helper failed, which is remembered.
    private async Task<IReadOnlyList<string>?> OfferAsync(
        BackupManifest manifest,
        long epoch,
        PeerConnection helped,
        List<PeerConnection> helpers,
        CancellationToken cancellationToken
    )
    {
        async Task<string> OfferAsync(PeerConnection peer)
        {
            var content = new RefreshProgress(epoch, []);
            return (await peer.OrderAsync(PeerRoutes.OfferKey, manifest.Backup, content, cancellationToken).ConfigureAwait(false)).Record;
        }

        var outcomes = await PeerGroup.AskAsync(helpers, OfferAsync).ConfigureAwait(false);
        foreach (var one in outcomes.Where(one => one.Failure is not null))
        {
            failures[one.Peer] = one.Failure!;
        }

        return outcomes.All(one => one.Failure is null)
            ? [.. outcomes.Select(one => one.Value!), await OfferAsync(helped).ConfigureAwait(false)]
            : null;
    }

    private async Task<IReadOnlyList<string>?> AskAsync(
        BackupManifest manifest,
        List<PeerConnection> helpers,
        HelpRequest content,
        RecordKind kind,
        CancellationToken cancellationToken
    )
    {
        var outcomes = await PeerGroup
            .AskAsync(
                helpers,
                async peer =>
                {
                    var answer = await peer.OrderAsync(PeerRoutes.HelpPeer, manifest.Backup, content, cancellationToken)
                        .ConfigureAwait(false);
                    return peer.Read(answer.Record, kind, manifest.Backup).Text;
                }
            )
            .ConfigureAwait(false);
        // Who cannot open a mask is not the one who made it wrong.
        foreach (var one in outcomes.Where(one => one.Failure is { } failure && failure.Code != PeerProblems.InvalidHelp.Code))
        {
            failures[one.Peer] = one.Failure!;
        }

        return outcomes.All(one => one.Failure is null) ? [.. outcomes.Select(one => one.Value!)] : null;
    }

    /// <summary>All choices of some out of many, in order.</summary>
    private static IEnumerable<List<T>> Choices<T>(List<T> all, int count) =>
        count == 0
            ?
            [
                [],
            ]
        : all.Count < count ? []
        : Choices(all[1..], count - 1).Select(rest => rest.Prepend(all[0]).ToList()).Concat(Choices(all[1..], count));
}
