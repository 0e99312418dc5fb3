using FairShare.Backup.Records;
using FairShare.Backup.Repair;
using FairShare.Backup.Sharing;
using FairShare.Contracts.Backup;
using FairShare.Core.Identifiers;
using FairShare.Functions.Hosting;
using FairShare.Functions.Http;

namespace FairShare.Functions.Peer;

/// <summary>Deals masks to the helpers, or masks this peer's share with those that all helpers dealt.</summary>
internal sealed class HelpPeer(FunctionServices services) : IRouteHandler<BackupId, PeerOrder, RecordAnswer>
{
    public async Task<Answer<RecordAnswer>> HandleAsync(ApiCall<BackupId, PeerOrder> call, CancellationToken cancellationToken)
    {
        var order = await services.TakeOrderAsync<HelpRequest>(PeerRoutes.HelpPeer, call, cancellationToken);
        var stored = order.RequireStored();
        var help = order.Content;
        RequireFits(stored, help);
        return help.Masks is null
            ? await DealAsync(stored, help, cancellationToken)
            : await MaskAsync(stored, help, help.Masks, cancellationToken);
    }

    private static void RequireFits(StoredBackup stored, HelpRequest help)
    {
        var total = stored.Manifest.Parameters.Total;
        var all = help.Helpers.Append(help.Lost).ToList();
        if (
            help.Helpers.Count != stored.Manifest.Parameters.Threshold
            || all.Distinct().Count() != all.Count
            || all.Exists(index => index < 1 || index > total)
            || !help.Helpers.Contains(stored.Index)
        )
        {
            throw PeerProblems.InvalidHelp.With("The helpers are m different peers, this one among them, and not the one that is helped.");
        }

        if (stored.Shares.Epoch != help.Epoch)
        {
            throw PeerProblems.WrongEpoch.With($"The peer's share is of epoch {stored.Shares.Epoch}.");
        }
    }

    private async Task<RecordAnswer> DealAsync(StoredBackup stored, HelpRequest help, CancellationToken cancellationToken)
    {
        var (numbers, repair) = (NumbersOf(stored, help), RepairOf(stored, help));
        var dealing = MaskDealing.Deal(help.Helpers, help.Lost, services.Randomness);
        var texts = dealing.Masks.Select(mask =>
            numbers.Seal(mask, stored.Index, mask.Index, Require(repair, mask.Index).Span, services.Randomness)
        );
        _ = Require(repair, help.Lost);
        return await SignAsync(RecordKind.ShareMasks, repair.WriteMasks(stored.Index, dealing.Commitments, texts, Now), cancellationToken);
    }

    private async Task<RecordAnswer> MaskAsync(
        StoredBackup stored,
        HelpRequest help,
        IReadOnlyList<string> dealt,
        CancellationToken cancellationToken
    )
    {
        var share =
            (await services.UnwrapAsync(stored, cancellationToken)).Current
            ?? throw PeerProblems.NoShare.With("The peer has no key share of this epoch itself.");
        var repair = RepairOf(stored, help);
        var recipient = Require(repair, help.Lost);
        var (masks, wrong) = await OpenAsync(stored, help, repair, dealt, cancellationToken);
        if (wrong.Count > 0)
        {
            return await SignAsync(RecordKind.HelpAccusation, repair.WriteAccusation(stored.Index, dealt, wrong, Now), cancellationToken);
        }

        var masked = ShareRepair.Mask(share, masks);
        var sealedText = NumbersOf(stored, help).Seal(masked, stored.Index, help.Lost, recipient.Span, services.Randomness);
        var answer = await SignAsync(RecordKind.MaskedShare, repair.WriteShare(stored.Index, dealt, sealedText, Now), cancellationToken);
        if (stored.Shares.Deal is null)
        {
            // No refresh is under way that needs the key: what was sent to this peer opens to nobody any more.
            await services.SaveAsync(stored.Kept, stored.Kept with { Key = null }, cancellationToken);
        }

        return answer;
    }

    // All records are verified before any is opened: masks that one helper did not deal itself may be known to whoever made them up.
    private async Task<(IReadOnlyList<SecretShare> Masks, IReadOnlyList<RevealedText> Wrong)> OpenAsync(
        StoredBackup stored,
        HelpRequest help,
        SignedRepair repair,
        IReadOnlyList<string> dealt,
        CancellationToken cancellationToken
    )
    {
        var texts = SentHelp.ReadMasks(repair, help.Helpers, dealt, PeerProblems.InvalidHelp);
        var key =
            await services.UnwrapKeyAsync(stored.Kept, cancellationToken)
            ?? throw PeerProblems.InvalidHelp.With("The peer has offered no key.");
        var (numbers, to) = (NumbersOf(stored, help), stored.Index);
        // What was sealed for another key does not open; whoever dealt it is not to blame.
        if (!Require(repair, to).Span.SequenceEqual(key.PublicKey.Span))
        {
            throw PeerProblems.InvalidHelp.With("The peer has another key by now; begin the repair anew.");
        }

        var opened = texts.ToDictionary(one => one, one => numbers.TryOpen(one.Texts[to], one.Helper, to, key, to));
        return (
            [.. opened.Values.OfType<SecretShare>()],
            [
                .. opened
                    .Where(one => one.Value is null || !one.Key.Commitments.Hold(one.Value))
                    .Select(one => numbers.Reveal(one.Key.Texts[to], one.Key.Helper, to, key, services.Randomness)),
            ]
        );
    }

    private async Task<RecordAnswer> SignAsync(RecordKind kind, RecordMembers members, CancellationToken cancellationToken) =>
        new((await services.Peer.Seal.SignAsync(kind, members, cancellationToken)).Text);

    private DateTimeOffset Now => Timestamp.Truncate(services.Time.GetUtcNow());

    private static SignedRepair RepairOf(StoredBackup stored, HelpRequest help) =>
        new(stored.Kept.Id, (uint)help.Epoch, help.Lost, help.Helpers, PeerSeals.Of(stored.Manifest, help.Peers), help.Keys);

    private static ReadOnlyMemory<byte> Require(SignedRepair repair, int index) =>
        repair.Keys.FirstOrDefault(key => key.Peer == index)?.Key
        ?? throw PeerProblems.InvalidHelp.With($"There is no key that peer {index} has offered in this epoch.");

    private static SealedNumbers NumbersOf(StoredBackup stored, HelpRequest help) => new(stored.Kept.Id, (uint)help.Epoch, help.Lost);
}
