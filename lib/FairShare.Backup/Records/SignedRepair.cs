using System.Globalization;
using System.Text;
using FairShare.Backup.Refresh;
using FairShare.Backup.Repair;
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

    /// <summary>The indices of the helpers.</summary>
    public IReadOnlyList<int> Helpers => helpers;

    /// <summary>The keys of those who take part.</summary>
    public IReadOnlyList<EphemeralKey> Keys { get; }

    /// <summary>The members of what a helper deals: the masks, sealed for each helper in their order.</summary>
    public RecordMembers WriteMasks(int helper, MaskCommitments commitments, IEnumerable<byte[]> masks, DateTimeOffset gen) =>
        Write(helper, gen).With("commitments", commitments.ToBytes()).With("masks", masks.Select(mask => Base64UrlText.Encode(mask)));

    /// <summary>The members of what a helper sends to the peer that is helped, sealed for it.</summary>
    /// <param name="helper">The helper's index.</param>
    /// <param name="masks">The records of the masks that it added.</param>
    /// <param name="share">The sealed share.</param>
    /// <param name="gen">The time.</param>
    public RecordMembers WriteShare(int helper, IEnumerable<string> masks, ReadOnlySpan<byte> share, DateTimeOffset gen) =>
        Write(helper, gen).With("masks", DigestOf(masks)).With("share", share);

    /// <summary>The members of what somebody shows of wrong texts.</summary>
    /// <param name="accuser">The index of a helper, or of the peer that is helped.</param>
    /// <param name="said">The records that the texts are in.</param>
    /// <param name="revealed">What is shown.</param>
    /// <param name="gen">The time.</param>
    public RecordMembers WriteAccusation(int accuser, IEnumerable<string> said, IReadOnlyList<RevealedText> revealed, DateTimeOffset gen) =>
        Write(accuser, gen)
            .With("said", DigestOf(said))
            .With("accused", revealed.Select(one => one.From.ToString(CultureInfo.InvariantCulture)))
            .With("points", revealed.Select(one => Base64UrlText.Encode(one.Shared.Span)))
            .With("proofs", revealed.Select(one => Base64UrlText.Encode(one.Proof.Span)));

    /// <summary>Reads what a helper dealt.</summary>
    /// <returns>Null where the record is malformed, another's, or of another repair.</returns>
    public SealedMasks? TryReadMasks(string text, int helper) =>
        TryRead(
            text,
            RecordKind.ShareMasks,
            helper,
            members =>
            {
                var masks = members.ReadAll("masks", Octets);
                return
                    masks.Count == helpers.Count
                    && MaskCommitments.TryRead(members.Octets("commitments"), helpers.Count, lost) is { } commitments
                    ? new SealedMasks(helper, commitments, helpers.Zip(masks).ToDictionary(one => one.First, one => one.Second))
                    : throw RecordMembers.Invalid("masks");
            }
        );

    /// <summary>Reads what a helper sent to the peer that is helped.</summary>
    /// <param name="text">The record.</param>
    /// <param name="helper">The helper's index.</param>
    /// <param name="masks">The records of the masks that it must have added.</param>
    /// <returns>The sealed share; null where the record is malformed, another's, of another repair, or of other masks.</returns>
    public byte[]? TryReadShare(string text, int helper, IEnumerable<string> masks)
    {
        var digest = DigestOf(masks);
        return TryRead(
            text,
            RecordKind.MaskedShare,
            helper,
            members => members.Digest("masks") == digest ? members.Octets("share") : throw RecordMembers.Invalid("masks")
        );
    }

    /// <summary>Reads what somebody shows of wrong texts.</summary>
    /// <param name="text">The record.</param>
    /// <param name="accuser">The index of a helper, or of the peer that is helped.</param>
    /// <param name="said">The records that the texts must be in.</param>
    /// <returns>Null where the record is malformed, another's, of another repair, or of other texts.</returns>
    public IReadOnlyList<RevealedText>? TryReadAccusation(string text, int accuser, IEnumerable<string> said)
    {
        var digest = DigestOf(said);
        return TryRead(
            text,
            RecordKind.HelpAccusation,
            accuser,
            members =>
            {
                var accused = members.ReadAll("accused", Index);
                var (points, proofs) = (members.ReadAll("points", Octets), members.ReadAll("proofs", Octets));
                return
                    members.Digest("said") == digest
                    && accused.Count > 0
                    && accused.Count == points.Count
                    && accused.Count == proofs.Count
                    && accused.All(index => index != accuser && helpers.Contains(index))
                    ? accused.Select((index, place) => new RevealedText(index, points[place], proofs[place])).ToList()
                    : throw RecordMembers.Invalid("accused");
            }
        );
    }

    private static byte[] Octets(string text) =>
        Base64UrlText.TryDecode(text, out var octets) ? octets : throw RecordMembers.Invalid("octets");

    private static int Index(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : throw RecordMembers.Invalid("accused");

    private static Sha256Digest DigestOf(IEnumerable<string> records) =>
        Sha256Digest.Of(Encoding.UTF8.GetBytes(string.Join('\n', records)));

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

    private T? TryRead<T>(string text, RecordKind kind, int helper, Func<RecordMembers, T> read)
        where T : class =>
        said.Read([text], kind, "helper", record => IsOfThis(record.Members, helper) ? read(record.Members) : null) is [var one]
            ? one
            : null;

    private bool IsOfThis(RecordMembers members, int helper) =>
        members.Number("helper") == helper
        && members.Number("lost") == lost
        && members.Texts("helpers").SequenceEqual(HelperTexts)
        && members.Digest("keys") == KeysDigest;
}
