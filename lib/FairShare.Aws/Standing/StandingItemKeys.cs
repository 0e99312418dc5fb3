using System.Globalization;
using FairShare.Aws.Table;
using FairShare.Backup.Standing;

namespace FairShare.Aws.Standing;

/// <summary>The keys of a coordinator's items.</summary>
internal static class StandingItemKeys
{
    public static ItemKey Work(StandingWorkId id) => new(StandingPartitions.Work + id, "WORK");

    public static ItemKey Answer(StandingWorkId id, CarriedAnswer answer) =>
        new(
            StandingPartitions.Work + id,
            $"{AnswersOf(answer.Round)}{answer.Step}#{answer.Peer.ToString("00", CultureInfo.InvariantCulture)}"
        );

    /// <summary>What the sort keys of a round's answers begin with.</summary>
    public static string AnswersOf(int round) => $"ANSWER#{round.ToString("000000", CultureInfo.InvariantCulture)}#";
}
