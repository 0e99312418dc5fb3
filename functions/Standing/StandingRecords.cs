using FairShare.Backup.Records;
using FairShare.Contracts.Backup;
using FairShare.Contracts.Standing;
using FairShare.Core.Errors;
using FairShare.Core.Keys;

namespace FairShare.Functions.Standing;

/// <summary>
/// Whether a peer has signed what work goes on by: that it deleted, and that it has begun another epoch. A page of somebody between, or a
/// liar's word, must end no work. What is carried from peer to peer is judged by those who read it.
/// </summary>
internal static class StandingRecords
{
    private static readonly Dictionary<string, RecordKind> Kinds = new()
    {
        [PeerRoutes.ActionOf(PeerRoutes.DeleteShare)] = RecordKind.DeletionReceipt,
        [PeerRoutes.ActionOf(PeerRoutes.ApplyRefresh)] = RecordKind.RefreshApplied,
    };

    /// <summary>Whether an answer to a step is such; true of steps that end nothing.</summary>
    /// <param name="work">The work.</param>
    /// <param name="peer">The peer, 1 to n.</param>
    /// <param name="step">The step.</param>
    /// <param name="epoch">The epoch that a refresh ends.</param>
    /// <param name="answer">The answer.</param>
    public static bool Hold(StandingWork work, int peer, string step, long epoch, string answer)
    {
        if (!Kinds.TryGetValue(step, out var kind))
        {
            return true;
        }

        try
        {
            var given = work.Peers[peer - 1];
            var text = StandingSteps.RecordsOf(step, answer) is [{ } one] ? one : "";
            var members = BackupRecord.Verify(text, kind, PublicKey.FromJwk(given.Seal)).Members;
            return members.Backup.ToString() == work.Backup
                && members.Digest("order") == BackupRecord.Parse(given.Order!.Order, RecordKind.BackupOrder).Hash
                && (kind != RecordKind.RefreshApplied || members.Number("epoch") == epoch + 1);
        }
        catch (TokenException)
        {
            return false;
        }
    }
}
