using FairShare.Backup.Records;
using FairShare.Contracts.Standing;
using FairShare.Core.Errors;
using FairShare.Core.Keys;

namespace FairShare.Functions.Standing;

/// <summary>Judges what a peer says of the pieces that it has read: it is asked to go on only as long as it does.</summary>
internal static class StandingProof
{
    /// <summary>The octets of the largest body.</summary>
    public const long LargestBody = 5L << 40;

    /// <summary>How often a peer may begin anew in a round, because its body is another.</summary>
    public const int MostRestarts = 3;

    /// <summary>Whether a peer has signed that it read more of its body than before, and not more than there is.</summary>
    /// <param name="work">The work.</param>
    /// <param name="peer">The peer, 1 to n.</param>
    /// <param name="before">What it signed before; null where it began.</param>
    /// <param name="said">What it says now.</param>
    public static bool GoesOn(StandingWork work, int peer, string? before, string said)
    {
        try
        {
            var read = before is null ? 0 : Read(work, peer, before).Tally.Found.Leaves;
            return Read(work, peer, said).IsBeyond(read, work.BodySize == 0 ? LargestBody : work.BodySize);
        }
        catch (TokenException)
        {
            return false;
        }
    }

    private static IntegrityProgress Read(StandingWork work, int peer, string text)
    {
        var given = work.Peers[peer - 1];
        var record = BackupRecord.Verify(text, RecordKind.IntegrityProgress, PublicKey.FromJwk(given.Seal));
        var progress = IntegrityProgress.Read(record);
        var order = BackupRecord.Parse(given.Order!.Order, RecordKind.BackupOrder);
        return record.Members.Backup.ToString() == work.Backup && progress.Order == order.Hash
            ? progress
            : throw new TokenException(TokenFault.InvalidMember, "order", "It is of another order.");
    }
}
