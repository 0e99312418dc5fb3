using System.Globalization;
using FairShare.Backup.Refresh;
using FairShare.Core.Digests;
using FairShare.Core.Encoding;
using FairShare.Core.Keys;

namespace FairShare.Backup.Records;

/// <summary>
/// The records of one repair. What is sealed for a public key may come from anybody: what counts is signed by the helper of whom it speaks,
/// and names the peer that is helped, all helpers, and the keys of this repair.
/// </summary>
public sealed class SignedRepair
{
    private readonly BackupId backup;
    private readonly uint epoch;
    private readonly int lost;
    private readonly IReadOnlyList<int> helpers;
    private readonly SignedRefresh said;

    /// <summary>A repair.</summary>
    /// <param name="backup">The backup.</param>
    /// <param name="epoch">The epoch of the share that is given back.</param>
    /// <param name="lost">The index of the peer that is helped.</param>
    /// <param name="helpers">The indices of the helpers.</param>
    /// <param name="peers">The seals of the peers 1 to n; null for one that is not known.</param>
    /// <param name="keys">The keys that the helpers and the peer that is helped have offered; what is not signed by one of them is left
    /// out.</param>
    public SignedRepair(
        BackupId backup,
        uint epoch,
        int lost,
        IReadOnlyList<int> helpers,
        IReadOnlyList<PublicKey?> peers,
        IEnumerable<string> keys
    )
    {
        (this.backup, this.epoch, this.lost, this.helpers) = (backup, epoch, lost, helpers);
        said = new SignedRefresh(backup, epoch, peers);
        Keys = [.. said.Keys(keys).Where(key => key.Peer == lost || helpers.Contains(key.Peer))];
    }

    /// <summary>The keys of those who take part.</summary>
    public IReadOnlyList<EphemeralKey> Keys { get; }

    /// <summary>The members of what a helper deals: the masks, sealed for each helper in their order.</summary>
    public RecordMembers WriteMasks(int helper, IEnumerable<byte[]> masks, DateTimeOffset gen) =>
        Write(helper, gen).With("masks", masks.Select(mask => Base64UrlText.Encode(mask)));

    /// <summary>The members of what a helper sends to the peer that is helped, sealed for it.</summary>
    public RecordMembers WriteShare(int helper, ReadOnlySpan<byte> share, DateTimeOffset gen) => Write(helper, gen).With("share", share);

    /// <summary>Reads the masks that a helper dealt for another.</summary>
    /// <param name="text">The record.</param>
    /// <param name="helper">The index of the helper that must have signed it.</param>
    /// <param name="recipient">The index of the helper that the mask is for.</param>
    /// <returns>The sealed mask; null where the record is malformed, another's, or of another repair.</returns>
    public byte[]? TryReadMask(string text, int helper, int recipient) =>
        TryRead(
            text,
            RecordKind.ShareMasks,
            helper,
            members =>
            {
                var (masks, place) = (members.Texts("masks"), helpers.ToList().IndexOf(recipient));
                return masks.Count == helpers.Count && place >= 0 && Base64UrlText.TryDecode(masks[place], out var octets)
                    ? octets
                    : throw RecordMembers.Invalid("masks");
            }
        );

    /// <summary>Reads what a helper sent to the peer that is helped.</summary>
    /// <returns>The sealed share; null where the record is malformed, another's, or of another repair.</returns>
    public byte[]? TryReadShare(string text, int helper) =>
        TryRead(text, RecordKind.MaskedShare, helper, members => members.Octets("share"));

    private IEnumerable<string> HelperTexts => helpers.Select(index => index.ToString(CultureInfo.InvariantCulture));

    private Sha256Digest KeysDigest => EphemeralKey.DigestOf(Keys);

    private RecordMembers Write(int helper, DateTimeOffset gen) =>
        RecordMembers
            .Of(backup, gen)
            .With("epoch", epoch)
            .With("helper", helper)
            .With("lost", lost)
            .With("helpers", HelperTexts)
            .With("keys", KeysDigest);

    private byte[]? TryRead(string text, RecordKind kind, int helper, Func<RecordMembers, byte[]> read) =>
        said.Read([text], kind, "helper", record => IsOfThis(record.Members, helper) ? read(record.Members) : null) is [var one]
            ? one
            : null;

    private bool IsOfThis(RecordMembers members, int helper) =>
        members.Number("helper") == helper
        && members.Number("lost") == lost
        && members.Texts("helpers").SequenceEqual(HelperTexts)
        && members.Digest("keys") == KeysDigest;
}
