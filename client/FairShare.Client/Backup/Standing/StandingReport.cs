using System.Text.Json;
using FairShare.Backup.Records;
using FairShare.Contracts;
using FairShare.Contracts.Backup;
using FairShare.Contracts.Standing;
using FairShare.Core.Errors;
using FairShare.Core.Keys;

namespace FairShare.Client.Backup.Standing;

/// <summary>What a peer last said to a standing order, by its own signature.</summary>
/// <param name="Peer">The peer's name.</param>
/// <param name="Outcome"><c>good</c>, <c>damaged</c>, <c>deleted</c> or <c>refreshed</c>; the peer's refusal, <c>unreachable</c>,
/// <c>unfinished</c>, or <c>bad-answer</c> for what the peer has not signed; <c>nothing</c> where there is no answer.</param>
/// <param name="At">When, by the peer's clock where it signed; null where there is no answer.</param>
/// <param name="IsLate">Whether an answer is missing for two intervals: a coordinator may withhold orders, or answers.</param>
public sealed record StandingFinding(string Peer, string Outcome, DateTimeOffset? At, bool IsLate);

/// <summary>Judges what a coordinator tells: it believes the peers' signatures over the owner's own orders, and nothing else.</summary>
/// <param name="note">What was handed over.</param>
/// <param name="now">The present time.</param>
public sealed class StandingReport(StandingNote note, DateTimeOffset now)
{
    private static readonly Dictionary<string, (RecordKind Kind, string Outcome)> Ends = new()
    {
        [PeerRoutes.ActionOf(PeerRoutes.ProveShare)] = (RecordKind.IntegrityProof, "good"),
        [PeerRoutes.ActionOf(PeerRoutes.DeleteShare)] = (RecordKind.DeletionReceipt, "deleted"),
        [PeerRoutes.ActionOf(PeerRoutes.ApplyRefresh)] = (RecordKind.RefreshApplied, "refreshed"),
    };

    /// <summary>What each peer with an order last said.</summary>
    /// <param name="answers">What the coordinator tells.</param>
    public IReadOnlyList<StandingFinding> Read(IReadOnlyList<StandingAnswer> answers) =>
        [
            .. Enumerable
                .Range(1, note.Work.Peers.Count)
                .Where(peer => note.Work.Peers[peer - 1].Order is not null)
                .Select(peer => Find(peer, answers.Where(answer => answer.Peer == peer))),
        ];

    private StandingFinding Find(int peer, IEnumerable<StandingAnswer> answers)
    {
        // A step on the way of a refresh says nothing by itself, unless it failed.
        var judged = answers
            .Where(answer => answer.Failure is not null || Ends.ContainsKey(answer.Step))
            .Select(answer => (answer.Round, Finding: Judge(peer, answer)))
            .OrderBy(one => one.Round)
            .Select(one => one.Finding)
            .LastOrDefault();
        return judged ?? new StandingFinding(note.Peers[peer - 1], "nothing", null, IsLate(note.GivenAt));
    }

    private StandingFinding Judge(int peer, StandingAnswer answer)
    {
        var name = note.Peers[peer - 1];
        if (answer.Failure is { } failure)
        {
            return new StandingFinding(name, failure, answer.At, IsLate(answer.At));
        }

        var (kind, outcome) = Ends[answer.Step];
        if (TryRead(peer, answer, kind) is not var (record, at))
        {
            return new StandingFinding(name, "bad-answer", answer.At, IsLate(answer.At));
        }

        var isDamaged = kind == RecordKind.IntegrityProof && record.Members.Text("root") != note.Roots[peer - 1];
        return new StandingFinding(name, isDamaged ? "damaged" : outcome, at, IsLate(at));
    }

    // Whoever deleted once has nothing more to say; other orders are carried again and again.
    private bool IsLate(DateTimeOffset last) =>
        note.Work.Action != PeerRoutes.ActionOf(PeerRoutes.DeleteShare) && now - last > TimeSpan.FromSeconds(2 * note.Work.IntervalSeconds);

    // What the peer has signed to this order, and of when it speaks.
    private (BackupRecord Record, DateTimeOffset At)? TryRead(int peer, StandingAnswer answer, RecordKind kind)
    {
        var given = note.Work.Peers[peer - 1];
        try
        {
            var text = JsonSerializer.Deserialize(answer.Answer, ContractJson.Lenient.TypeOf<RecordAnswer>())?.Record ?? "";
            var record = BackupRecord.Verify(text, kind, PublicKey.FromJwk(given.Seal));
            var order = BackupRecord.Parse(given.Order!.Order, RecordKind.BackupOrder);
            // A body that is read in pieces is what it was when the first one was read.
            var at = kind == RecordKind.IntegrityProof ? record.Members.Time("begun") : record.Members.Gen;
            var isOfIt = record.Members.Backup.ToString() == note.Work.Backup && record.Members.Digest("order") == order.Hash;
            return isOfIt ? (record, at) : null;
        }
        catch (Exception fault) when (fault is JsonException or ProtocolException)
        {
            return null;
        }
    }
}
