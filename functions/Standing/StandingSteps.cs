using System.Text.Json;
using FairShare.Aws.Standing;
using FairShare.Backup.Records;
using FairShare.Contracts;
using FairShare.Contracts.Backup;
using FairShare.Contracts.Standing;
using FairShare.Core.Keys;

namespace FairShare.Functions.Standing;

/// <summary>
/// The steps of a round: which call is made of which peers, and what is said in it.
/// <list type="table">
/// <item><term>proofs, deletions</term><description>the call of that name, of each peer that has not finished</description></item>
/// <item><term>refreshes</term><description>keys, deals, accusations, openings where somebody is accused, preparations, applications; each
/// of those that have answered so far</description></item>
/// </list>
/// </summary>
internal static class StandingSteps
{
    public const string Proofs = "proofs";
    public const string Deletions = "deletions";

    /// <summary>In the place of a failure: the peer has read a piece of its body, and is asked to go on.</summary>
    public const string Unfinished = "unfinished";

    /// <summary>In the place of a failure: the answer is none that the peer could have given.</summary>
    public const string BadAnswer = "bad-answer";

    private static readonly string Keys = PeerRoutes.ActionOf(PeerRoutes.OfferKey);
    private static readonly string Deals = PeerRoutes.ActionOf(PeerRoutes.DealRefresh);
    private static readonly string Accusations = PeerRoutes.ActionOf(PeerRoutes.JudgeDeals);
    private static readonly string Openings = PeerRoutes.ActionOf(PeerRoutes.OpenDeals);
    private static readonly string Preparations = PeerRoutes.ActionOf(PeerRoutes.PrepareRefresh);
    private static readonly string Applications = PeerRoutes.ActionOf(PeerRoutes.ApplyRefresh);

    /// <summary>Whether orders of this action are carried.</summary>
    public static bool IsKnown(string action) => action is Proofs or Deletions or PeerRoutes.StandingRefresh;

    /// <summary>The step that follows; empty after the last.</summary>
    /// <param name="action">What the orders name.</param>
    /// <param name="step">The step that is over; empty before the first.</param>
    /// <param name="answers">What was answered in this round.</param>
    public static string Next(string action, string step, IReadOnlyList<CarriedAnswer> answers) =>
        step.Length == 0 ? (action == PeerRoutes.StandingRefresh ? Keys : action)
        : step == Keys ? Deals
        : step == Deals ? Accusations
        : step == Accusations && IsAnybodyAccused(answers) ? Openings
        : step == Accusations || step == Openings ? Preparations
        : step == Preparations ? Applications
        : "";

    /// <summary>The peers that take a step.</summary>
    public static IReadOnlyList<int> Takers(StandingWork work, IReadOnlyList<int> finished, IReadOnlyList<CarriedAnswer> answers) =>
        [
            .. Enumerable
                .Range(1, work.Peers.Count)
                .Where(peer => work.Peers[peer - 1].Order is not null && !finished.Contains(peer))
                .Where(peer => !answers.Any(answer => answer.Peer == peer && answer.Failure is not null)),
        ];

    /// <summary>
    /// The epoch that the next refresh ends: one further where most peers say so, since a few may lie or have missed one.
    /// </summary>
    public static long NextEpoch(StandingWork work, long epoch, IReadOnlyList<CarriedAnswer> answers)
    {
        bool DoMost(Func<CarriedAnswer, bool> say) => 2 * answers.Where(say).Select(one => one.Peer).Distinct().Count() > work.Peers.Count;
        var isOver = DoMost(one => one.Step == Applications && one.Failure is null);
        return isOver || DoMost(one => one.Failure == PeerProblems.WrongEpoch.Code) ? epoch + 1 : epoch;
    }

    /// <summary>What was said in a refresh so far.</summary>
    public static RefreshProgress Progress(StandingWork work, long epoch, IReadOnlyList<CarriedAnswer> answers)
    {
        var seals = work.Peers.Select(peer => peer.Order is null ? null : PublicKey.FromJwk(peer.Seal));
        var said = new SignedRefresh(BackupId.Parse(work.Backup), (uint)epoch, [.. seals]);
        IReadOnlyList<string> Said(string step, RecordKind kind) =>
            [
                .. answers
                    .Where(one => one.Step == step && one.Failure is null)
                    .SelectMany(one => said.SaidBy(one.Peer, kind, RecordsOf(step, one.Answer))),
            ];
        return new(
            epoch,
            [.. work.Peers.Select(peer => peer.Seal)],
            Said(Keys, RecordKind.EphemeralKey),
            Said(Deals, RecordKind.RefreshDeal),
            Said(Accusations, RecordKind.Accusation),
            Said(Openings, RecordKind.DealOpening),
            Said(Preparations, RecordKind.RefreshPrepared),
            AttemptOf(answers)
        );
    }

    /// <summary>The records of an answer; an empty one where it is not of the form that it must have.</summary>
    public static IReadOnlyList<string?> RecordsOf(string step, string answer)
    {
        try
        {
            return step == Accusations || step == Openings
                ? JsonSerializer.Deserialize(answer, ContractJson.Lenient.TypeOf<RecordsAnswer>())?.Records ?? []
                : [JsonSerializer.Deserialize(answer, ContractJson.Lenient.TypeOf<RecordAnswer>())?.Record ?? ""];
        }
        catch (JsonException)
        {
            return [""];
        }
    }

    /// <summary>Why an answer is none, or not yet; null for one.</summary>
    public static string? FailureOf(string step, string answer)
    {
        try
        {
            return RecordsOf(step, answer).Any(string.IsNullOrEmpty) ? BadAnswer
                : step == Proofs && JsonSerializer.Deserialize(answer, ContractJson.Lenient.TypeOf<ProofAnswer>()) is { IsOver: false }
                    ? Unfinished
                : null;
        }
        catch (JsonException)
        {
            return BadAnswer;
        }
    }

    /// <summary>What the peer has signed of a piece; empty where it is not of that form.</summary>
    public static string PieceOf(string answer) => RecordsOf(Proofs, answer) is [{ } one] ? one : "";

    /// <summary>What the peer has signed of the pieces that it read; null where it begins.</summary>
    public static string? ReadSoFar(CarriedAnswer? last) => last is { Failure: Unfinished } ? PieceOf(last.Answer) : null;

    // What most peers say: those in another attempt refuse to prepare, and the refresh goes on without them or is postponed.
    private static long AttemptOf(IReadOnlyList<CarriedAnswer> answers) =>
        answers
            .Where(one => one.Step == Keys && one.Failure is null)
            .Select(one => JsonSerializer.Deserialize(one.Answer, ContractJson.Lenient.TypeOf<RecordAnswer>())?.Attempt ?? 0)
            .GroupBy(attempt => attempt)
            .OrderByDescending(group => group.Count())
            .Select(group => group.Key)
            .FirstOrDefault();

    private static bool IsAnybodyAccused(IReadOnlyList<CarriedAnswer> answers) =>
        answers.Any(one => one.Step == Accusations && one.Failure is null && RecordsOf(Accusations, one.Answer).Count > 0);
}
