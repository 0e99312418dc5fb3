using FairShare.Backup.Records;
using FairShare.Backup.Refresh;
using FairShare.Backup.Repair;
using FairShare.Backup.Sharing;
using FairShare.Contracts.Backup;
using FairShare.Core.Encoding;
using FairShare.Functions.Hosting;
using FairShare.Functions.Http;

namespace FairShare.Functions.Peer;

/// <summary>Deals masks to the helpers, or masks this peer's share with those that all helpers dealt.</summary>
internal sealed class HelpPeer(FunctionServices services) : IRouteHandler<BackupId, PeerOrder, HelpAnswer>
{
    public async Task<Answer<HelpAnswer>> HandleAsync(ApiCall<BackupId, PeerOrder> call, CancellationToken cancellationToken)
    {
        var order = await services.TakeOrderAsync<HelpRequest>(PeerRoutes.HelpPeer, call, cancellationToken);
        var stored = order.RequireStored();
        var help = order.Content;
        RequireFits(stored, help);
        return help.Masks is null ? Deal(stored, help) : await MaskAsync(stored, help, help.Masks, cancellationToken);
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

    private HelpAnswer Deal(StoredBackup stored, HelpRequest help)
    {
        var (numbers, keys) = (NumbersOf(stored, help), KeysOf(stored, help));
        var masks = MaskDealing.Deal(help.Helpers, help.Lost, services.Randomness);
        return new HelpAnswer([
            .. masks.Select(mask =>
                Base64UrlText.Encode(numbers.Seal(mask, stored.Index, mask.Index, Require(keys, mask.Index).Span, services.Randomness))
            ),
        ]);
    }

    private async Task<HelpAnswer> MaskAsync(
        StoredBackup stored,
        HelpRequest help,
        IReadOnlyList<string> sealedMasks,
        CancellationToken cancellationToken
    )
    {
        var share =
            (await services.UnwrapAsync(stored, cancellationToken)).Current
            ?? throw PeerProblems.NoShare.With("The peer has no key share of this epoch itself.");
        var masks = await OpenAsync(stored, help, sealedMasks, cancellationToken);
        if (masks.Count != help.Helpers.Count || sealedMasks.Count != masks.Count)
        {
            throw PeerProblems.InvalidHelp.With("A mask is missing, or was not sealed for this peer.");
        }

        var masked = ShareRepair.Mask(share, masks);
        var recipient = Require(KeysOf(stored, help), help.Lost);
        var sealedText = NumbersOf(stored, help).Seal(masked, stored.Index, help.Lost, recipient.Span, services.Randomness);
        if (stored.Shares.Deal is null)
        {
            // No refresh is under way that needs the key: what was sent to this peer opens to nobody any more.
            await services.SaveAsync(stored.Kept, stored.Kept with { Key = null }, cancellationToken);
        }

        return new HelpAnswer([Base64UrlText.Encode(sealedText)]);
    }

    private async Task<List<SecretShare>> OpenAsync(
        StoredBackup stored,
        HelpRequest help,
        IReadOnlyList<string> sealedMasks,
        CancellationToken cancellationToken
    )
    {
        var (numbers, key) = (NumbersOf(stored, help), await services.UnwrapKeyAsync(stored.Kept, cancellationToken));
        return
        [
            .. sealedMasks
                .Zip(
                    help.Helpers,
                    (text, helper) =>
                        key is not null && Base64UrlText.TryDecode(text, out var octets)
                            ? numbers.TryOpen(octets, helper, stored.Index, key, stored.Index)
                            : null
                )
                .OfType<SecretShare>(),
        ];
    }

    private static IReadOnlyList<EphemeralKey> KeysOf(StoredBackup stored, HelpRequest help) =>
        new SignedRefresh(stored.Kept.Id, (uint)help.Epoch, PeerSeals.Of(stored.Manifest, help.Peers)).Keys(help.Keys);

    private static ReadOnlyMemory<byte> Require(IReadOnlyList<EphemeralKey> keys, int index) =>
        keys.FirstOrDefault(key => key.Peer == index)?.Key
        ?? throw PeerProblems.InvalidHelp.With($"There is no key that peer {index} has offered in this epoch.");

    private static SealedNumbers NumbersOf(StoredBackup stored, HelpRequest help) => new(stored.Kept.Id, (uint)help.Epoch, help.Lost);
}
