using FairShare.Backup.Refresh;
using FairShare.Core.Errors;
using FairShare.Core.Keys;

namespace FairShare.Backup.Records;

/// <summary>
/// The records of a refresh as a peer or an owner reads them: each must be signed by the peer of whom it speaks, and be of this backup and
/// epoch. What is not is left out, as if it had been lost on the way.
/// </summary>
/// <param name="backup">The backup.</param>
/// <param name="epoch">The epoch that ends.</param>
/// <param name="peers">The keys of the peers 1 to n; null for one that is not known.</param>
public sealed class SignedRefresh(BackupId backup, uint epoch, IReadOnlyList<PublicKey?> peers)
{
    // An accusation or an opening has some 800 characters; of the others a peer says one.
    private const int LongestOfMany = 2048;

    /// <summary>
    /// Of what one peer answers, the records that it has signed for this refresh. Whoever carries messages hands on nothing else: with
    /// more, one peer could have the others refuse an order, or make it longer than they take.
    /// </summary>
    /// <param name="peer">The peer, 1 to n.</param>
    /// <param name="kind">What it is asked for.</param>
    /// <param name="texts">What it answers.</param>
    /// <returns>One record at most; of accusations and openings one for each peer at most.</returns>
    public IReadOnlyList<string> SaidBy(int peer, RecordKind kind, IEnumerable<string?> texts)
    {
        var isOfMany = kind == RecordKind.Accusation || kind == RecordKind.DealOpening;
        return
        [
            .. texts
                .OfType<string>()
                .Distinct()
                .Where(text => (!isOfMany || text.Length <= LongestOfMany) && SpeakerOf(kind, text) == peer)
                .Take(isOfMany ? peers.Count : 1),
        ];
    }

    /// <summary>The keys that peers have offered, one a peer: who says two things has said the first.</summary>
    public IReadOnlyList<EphemeralKey> Keys(IEnumerable<string> texts) =>
        [
            .. texts
                .Select(text => TryRead(text, RecordKind.EphemeralKey, IndexOfSigner, ReadKey))
                .OfType<EphemeralKey>()
                .DistinctBy(key => key.Peer),
        ];

    /// <summary>The deals.</summary>
    public IReadOnlyList<RefreshDeal> Deals(IEnumerable<string> texts) =>
        Read(texts, RecordKind.RefreshDeal, "dealer", RefreshRecords.ReadDeal);

    /// <summary>The accusations.</summary>
    public IReadOnlyList<Accusation> Accusations(IEnumerable<string> texts) =>
        Read(texts, RecordKind.Accusation, "accuser", RefreshRecords.ReadAccusation);

    /// <summary>The openings.</summary>
    public IReadOnlyList<DealOpening> Openings(IEnumerable<string> texts) =>
        Read(texts, RecordKind.DealOpening, "dealer", RefreshRecords.ReadOpening);

    /// <summary>What peers have prepared.</summary>
    public IReadOnlyList<RefreshPrepared> Prepared(IEnumerable<string> texts) =>
        Read(texts, RecordKind.RefreshPrepared, "peer", RefreshRecords.ReadPrepared);

    internal IReadOnlyList<T> Read<T>(IEnumerable<string> texts, RecordKind kind, string speaker, Func<BackupRecord, T?> read)
        where T : class => [.. texts.Select(text => TryRead(text, kind, record => record.Members.Count(speaker), read)).OfType<T>()];

    // 0 for what is not of this refresh, or of another kind.
    private int SpeakerOf(RecordKind kind, string text) =>
        kind == RecordKind.EphemeralKey ? Keys([text]).Select(one => one.Peer).FirstOrDefault()
        : kind == RecordKind.RefreshDeal ? Deals([text]).Select(one => one.Dealer).FirstOrDefault()
        : kind == RecordKind.Accusation ? Accusations([text]).Select(one => one.Accuser).FirstOrDefault()
        : kind == RecordKind.DealOpening ? Openings([text]).Select(one => one.Dealer).FirstOrDefault()
        : kind == RecordKind.RefreshPrepared ? Prepared([text]).Select(one => one.Peer).FirstOrDefault()
        : 0;

    private EphemeralKey ReadKey(BackupRecord record) => RefreshRecords.ReadKey(record, IndexOfSigner(record));

    private int IndexOfSigner(BackupRecord record) => peers.ToList().FindIndex(key => key?.Thumbprint == record.KeyId) + 1;

    private T? TryRead<T>(string text, RecordKind kind, Func<BackupRecord, int> speakerOf, Func<BackupRecord, T?> read)
        where T : class
    {
        try
        {
            var record = BackupRecord.Parse(text, kind);
            var index = speakerOf(record);
            var key = index >= 1 && index <= peers.Count ? peers[index - 1] : null;
            return
                key is not null
                && record.KeyId == key.Thumbprint
                && record.IsSignedBy(key)
                && record.Members.Backup == backup
                && record.Members.Number("epoch") == epoch
                ? read(record)
                : null;
        }
        catch (TokenException)
        {
            return null;
        }
    }
}
