using FairShare.Backup.Records;
using FairShare.Backup.Sharing;
using FairShare.Client.Backup.Peers;
using FairShare.Contracts.Backup;
using FairShare.Core.Keys;

namespace FairShare.Client.Backup.Keeping;

/// <summary>A peer that helps, and the index of its share.</summary>
internal sealed record Helper(PeerConnection Peer, int Index);

/// <summary>
/// One attempt of m helpers to give a peer its share. What each of them sends is checked by itself: by its signature here, and by its
/// commitments where it is opened. Who opens something wrong shows it, and here is judged who of the two lies.
/// </summary>
/// <param name="manifest">The manifest that stands.</param>
/// <param name="epoch">The epoch of the share.</param>
/// <param name="commitments">The commitments of that epoch.</param>
/// <param name="helped">The peer that has lost its share.</param>
/// <param name="helpers">The helpers.</param>
internal sealed class HelpRound(
    BackupManifest manifest,
    long epoch,
    Commitments commitments,
    PeerConnection helped,
    IReadOnlyList<Helper> helpers
)
{
    private readonly Dictionary<PeerConnection, PeerFailure> failures = [];
    private readonly int lost = manifest.IndexOf(helped.Peer.Kid);

    /// <summary>The helpers that failed or lied, and how.</summary>
    public IReadOnlyDictionary<PeerConnection, PeerFailure> Failures => failures;

    /// <summary>Makes the attempt.</summary>
    /// <returns>What the peer that is helped says of its share; null where a helper failed.</returns>
    /// <exception cref="BackupProblem"><see cref="BackupProblem.BadAnswer"/>: the peer that is helped accuses falsely.</exception>
    public async Task<string?> RunAsync(Func<HelpedShare, Task<string>> give, CancellationToken cancellationToken)
    {
        var request = new HelpRequest(lost, epoch, [.. helpers.Select(one => one.Index)], PeerKeys(), []);
        var keys = await AskAsync(peer => OfferAsync(peer, cancellationToken), _ => true).ConfigureAwait(false);
        if (failures.Count > 0)
        {
            return null;
        }

        request = request with { Keys = [.. keys, await OfferAsync(helped, cancellationToken).ConfigureAwait(false)] };
        var repair = RepairOf(request);
        RequireKeys(repair);
        var dealt =
            failures.Count > 0
                ? []
                : await AskAsync(
                        peer => HelpAsync(peer, request, cancellationToken),
                        (text, helper) => repair.TryReadMasks(text, helper.Index) is not null
                    )
                    .ConfigureAwait(false);
        if (failures.Count > 0)
        {
            return null;
        }

        request = request with { Masks = dealt };
        var verdict = new HelpVerdict(manifest.Backup, (uint)epoch, lost, repair, dealt);
        var masked = await AskAsync(
                peer => HelpAsync(peer, request, cancellationToken),
                (text, helper) =>
                    repair.TryReadShare(text, helper.Index, dealt) is not null || IsJudged(verdict.OfMasks(text, helper.Index))
            )
            .ConfigureAwait(false);
        if (failures.Count > 0)
        {
            return null;
        }

        var said = await give(new HelpedShare(request, commitments.ToBytes(), masked)).ConfigureAwait(false);
        if (verdict.OfShares(said, commitments, masked) is not { } liars)
        {
            return said;
        }

        return !liars.Contains(lost) && IsJudged(liars) ? null : throw helped.BadAnswer("a false accusation of its helpers");
    }

    // Notes who lies by a verdict; false where there is none.
    private bool IsJudged(IReadOnlySet<int>? liars)
    {
        foreach (var liar in helpers.Where(one => liars?.Contains(one.Index) == true))
        {
            failures[liar.Peer] = new(BackupProblem.WrongHelp, "What it sent to others is not what it must be.");
        }

        return liars is not null;
    }

    private SignedRepair RepairOf(HelpRequest request) =>
        new(
            manifest.Backup,
            (uint)epoch,
            lost,
            request.Helpers,
            [.. request.Peers.Select(key => key.Length == 0 ? null : PublicKey.FromJwk(key))],
            request.Keys
        );

    private string[] PeerKeys() =>
        [
            .. manifest.Peers.Select(kid =>
                helpers.Select(one => one.Peer).Append(helped).FirstOrDefault(one => one.Peer.Kid == kid)?.Peer.Key ?? ""
            ),
        ];

    private void RequireKeys(SignedRepair repair)
    {
        foreach (var helper in helpers.Where(one => !repair.Keys.Any(key => key.Peer == one.Index)))
        {
            failures[helper.Peer] = new(BackupProblem.BadAnswer, "It offered a key that is none of this repair.");
        }

        if (!repair.Keys.Any(key => key.Peer == lost))
        {
            throw helped.BadAnswer("a key that is none of this repair");
        }
    }

    private async Task<string> OfferAsync(PeerConnection peer, CancellationToken cancellationToken)
    {
        var content = new RefreshProgress(epoch, []);
        return (await peer.OrderAsync(PeerRoutes.OfferKey, manifest.Backup, content, cancellationToken).ConfigureAwait(false)).Record;
    }

    private async Task<string> HelpAsync(PeerConnection peer, HelpRequest request, CancellationToken cancellationToken) =>
        (await peer.OrderAsync(PeerRoutes.HelpPeer, manifest.Backup, request, cancellationToken).ConfigureAwait(false)).Record;

    private Task<IReadOnlyList<string>> AskAsync(Func<PeerConnection, Task<string>> ask, Predicate<string> holds) =>
        AskAsync(ask, (text, _) => holds(text));

    // Asks all helpers; notes who fails, and who answers with something that it must not.
    private async Task<IReadOnlyList<string>> AskAsync(Func<PeerConnection, Task<string>> ask, Func<string, Helper, bool> holds)
    {
        var outcomes = await PeerGroup.AskAsync(helpers.Select(one => one.Peer), ask).ConfigureAwait(false);
        foreach (var (outcome, helper) in outcomes.Zip(helpers))
        {
            if (outcome.Failure is { } failure)
            {
                failures[helper.Peer] = failure;
            }
            else if (!holds(outcome.Value!, helper))
            {
                failures[helper.Peer] = new(BackupProblem.BadAnswer, "It answered with a record that is none of this repair.");
            }
        }

        return [.. outcomes.Select(one => one.Value ?? "")];
    }
}
